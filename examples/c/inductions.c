// Sums, counts and factorials that the annotations define: an axiomatic and recursive functions.

/*@ axiomatic Sum {
      logic integer sum{L}(int *a, integer lo, integer hi) reads a[lo .. hi - 1];
      axiom sum_empty{L}: \forall int *a, integer lo, hi; hi <= lo ==> sum(a, lo, hi) == 0;
      axiom sum_next{L}: \forall int *a, integer lo, hi;
        lo <= hi ==> sum(a, lo, hi + 1) == sum(a, lo, hi) + a[hi];
    }
*/
/*@ requires 0 <= n && \valid_read(a + (0 .. n - 1));
    assigns \nothing;
    ensures \result == sum(a, 0, n); */
int total(int *a, int n) {
  int s = 0;
  for (int i = 0; i < n; i++) s += a[i];
  return s;
}

/*@ logic integer count(int *a, integer n, integer v) =
      n <= 0 ? 0 : count(a, n - 1, v) + (a[n - 1] == v ? 1 : 0); */
/*@ requires 0 <= n && \valid_read(a + (0 .. n - 1));
    assigns \nothing;
    ensures \result == count(a, n, v); */
int occurrences(int *a, int n, int v) {
  int c = 0;
  for (int i = 0; i < n; i++)
    if (a[i] == v) c++;
  return c;
}

/*@ logic integer fact(integer n) = n <= 0 ? 1 : n * fact(n - 1); */
/*@ requires n >= 0;
    assigns \nothing;
    ensures \result == fact(n); */
int factorial(int n) {
  int r = 1;
  for (int i = 1; i <= n; i++) r = r * i;
  return r;
}
