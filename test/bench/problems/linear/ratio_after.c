int main() {
  int n = unknown(), a = 0, b = 0, k = 0, r;
  assume(n >= 0);
  while (k < n) { a = a + 4; if (unknown()) b = b + 3; else b = b + 2; k = k + 1; }
  r = 0;
  while (a > 0) { a = a - 4; r = r + 3; }
  assert(r >= b);
  assert(2 * r <= 3 * b);
}
