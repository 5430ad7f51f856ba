/* restoring division: doubles then halves */
int main() {
  int a = unknown(), d = unknown(), q = 0, r, dd, k = 0;
  assume(a >= 0 && d > 0);
  r = a; dd = d;
  while (dd <= r) { dd = 2 * dd; k = k + 1; }
  while (k > 0) {
    dd = dd / 2; q = 2 * q; k = k - 1;
    if (r >= dd) { r = r - dd; q = q + 1; }
  }
  assert(a == q * dd + r);
}
