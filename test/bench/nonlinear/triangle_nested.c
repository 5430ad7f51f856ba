int main() {
  int n = unknown(), i = 0, j, s = 0;
  assume(n >= 0);
  while (i < n) {
    j = 0;
    while (j <= i) { s = s + 1; j = j + 1; }
    i = i + 1;
  }
  assert(2 * s == n * (n + 1));
}
