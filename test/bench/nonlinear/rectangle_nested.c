/*@ requires n >= 0 && m >= 0; ensures \result == n * m; */
int cells(int n, int m) {
  int c = 0;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < m; j++)
      c++;
  return c;
}
