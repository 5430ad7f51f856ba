int main() {
  int x = unknown(), y = unknown(), q = 0, r, a, b;
  assume(x >= 0 && y >= 1);
  r = x;
  while (r >= y) {
    a = 1; b = y;
    while (r >= 2 * b) { a = 2 * a; b = 2 * b; }
    r = r - b; q = q + a;
  }
  assert(x == q * y + r);
  assert(r < y && r >= 0);
}
