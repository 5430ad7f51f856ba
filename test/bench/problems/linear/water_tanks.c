int main() {
  int a = unknown(), b = unknown(), c = 0, spilled = 0, total, cap = unknown(), t = 0;
  assume(a >= 0 && b >= 0 && cap >= 1);
  total = a + b;
  while (unknown()) {
    if (unknown()) {
      if (a > 0) { a = a - 1; if (c < cap) c = c + 1; else spilled = spilled + 1; }
    } else if (unknown()) {
      if (b > 0) { b = b - 1; if (c < cap) c = c + 1; else spilled = spilled + 1; }
    } else if (c > 0) { c = c - 1; a = a + 1; }
    t = t + 1;
  }
  assert(a + b + c + spilled == total);
  assert(c <= cap && spilled >= 0 && c >= 0);
}
