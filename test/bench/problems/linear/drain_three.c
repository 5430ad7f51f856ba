int main() {
  int a = unknown(), b = unknown(), c = unknown(), t = 0, s;
  assume(a >= 0 && b >= 0 && c >= 0);
  s = a + b + c;
  while (a + b + c > 0) {
    if (a > 0 && unknown()) { a--; t++; }
    else if (b > 0) { b--; t++; }
    else if (c > 0) { c--; t++; }
  }
  assert(t == s);
}
