int main() {
  int i = 0, j = 0, k = 0, n = unknown();
  assume(n >= 1);
  while (i < n) {
    j = i;
    while (j < n) { if (k > 5 * n) k = 0; k = k + 1; j = j + 1; }
    i = i + 1;
  }
  assert(j == n);
  assert(k >= 1);
}
