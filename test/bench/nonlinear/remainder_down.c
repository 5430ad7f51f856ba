int main() {
  int n = unknown(), m = unknown(), t, k = 0;
  assume(n >= 0 && m > 0);
  t = n;
  while (t >= m) { t = t - m; k++; }
  assert(n == k * m + t && t < m && t >= 0);
}
