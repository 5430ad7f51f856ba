int main() {
  int n = unknown(), m = unknown(), i = 0, j, c = 0;
  assume(n >= 0 && m >= 0);
  while (i < n) {
    j = 0;
    while (j < m) { j = j + 1; c = c + 1; }
    i = i + 1;
  }
  assert(c >= i || m == 0);
  assert(i == n);
}
