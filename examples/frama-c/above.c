/*@ requires 0 <= n && \valid_read(a + (0 .. n - 1));
    assigns \nothing;
    ensures 0 <= \result <= n; */
int above(const float *a, int n, float limit) {
  int count = 0;
  for (int i = 0; i < n; i++)
    if (a[i] > limit) count++;
  return count;
}
