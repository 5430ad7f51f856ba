int main() {
  int n = unknown(), p = 1, k = 0;
  assume(n >= 1);
  while (p <= n) { p = 2 * p; k = k + 1; }
  while (k > 0) { p = p / 2; k = k - 1; }
  assert(p == 1);
}
