int main() {
  int a = unknown(), b = unknown(), r, d, p = 1, q = 0;
  assume(a >= 0 && b >= 1);
  r = a; d = b;
  while (r >= d) { d = 2 * d; p = 2 * p; }
  while (p != 1) {
    d = d / 2; p = p / 2;
    if (r >= d) { r = r - d; q = q + p; }
  }
  assert(a == q * b + r);
}
