int main() {
  int n = unknown(), m = unknown(), i = 0, j = 0, s = 0;
  assume(n >= 0 && m >= 0);
  while (i < n || j < m) {
    if (i < n && (j >= m || unknown())) { s = s + j; i++; }
    else { s = s + i; j++; }
  }
  assert(s == n * m);
}
