int main() {
  int x = 0, s = 0, n = unknown();
  assume(n >= 20000 && n <= 90000);
  while (x < n) { if (x >= 10000) s = s + 2; else s = s + 1; x = x + 1; }
  assert(s == 2 * n - 10000);
}
