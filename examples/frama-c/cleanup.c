/* The way out by `goto`, as in a kernel; floats are only compared. */

/*@ requires 0 <= n && \valid_read(p + (0 .. n - 1));
    assigns \nothing;
    ensures -1 <= \result < n || \result == -1; */
int first_above(const double *p, int n, double limit) {
  int i;
  int found = -1;
  for (i = 0; i < n; i++) {
    if (p[i] > limit) {
      found = i;
      goto out;
    }
  }
out:
  return found;
}
