int main() {
  int n = unknown(), p = 0, q = 1, r, h;
  assume(n >= 0);
  r = n;
  while (q <= n) q = 4 * q;
  while (q != 1) {
    q = q / 4; h = p + q; p = p / 2;
    if (r >= h) { p = p + q; r = r - h; }
  }
  assert(p * p + r == n);
}
