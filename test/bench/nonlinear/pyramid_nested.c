int main() {
  int n = unknown(), s = 0, i = 0, j;
  assume(n >= 0);
  while (i < n) {
    i++; j = 0;
    while (j < i) { j++; s = s + i; }
  }
  assert(6 * s == n * (n + 1) * (2 * n + 1));
}
