int main() {
  int n = unknown(), m = unknown(), i = 0, j = 0, k = 0;
  assume(n >= 0 && m >= 0);
  while (i < n && j < m) { if (unknown()) i = i + 1; else j = j + 1; k = k + 1; }
  while (i < n) { i = i + 1; k = k + 1; }
  while (j < m) { j = j + 1; k = k + 1; }
  assert(k == n + m);
}
