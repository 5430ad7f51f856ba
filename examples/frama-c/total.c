/* The counter's invariants hold; that a sum of floats stays finite is nothing that they could say. */

/*@ requires 0 <= n && \valid_read(a + (0 .. n - 1));
    assigns \nothing; */
float total(const float *a, int n) {
  float sum = 0.0f;
  for (int i = 0; i < n; i++) sum += a[i];
  return sum;
}
