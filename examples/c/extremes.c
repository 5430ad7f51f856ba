// Largest and smallest elements: a bound of the prefix, and a witness for it.
/*@ requires n >= 1 && \valid_read(a + (0 .. n - 1));
  @ assigns \nothing;
  @ ensures \forall integer k; 0 <= k < n ==> a[k] <= \result;
  @ ensures \exists integer k; 0 <= k < n && a[k] == \result;
  @*/
int maximum(const int *a, int n) {
  int m = a[0];
  for (int i = 1; i < n; i++)
    if (a[i] > m) m = a[i];
  return m;
}

/*@ requires n >= 1 && \valid_read(a + (0 .. n - 1));
  @ assigns \nothing;
  @ ensures 0 <= \result < n;
  @ ensures \forall integer k; 0 <= k < n ==> a[\result] <= a[k];
  @*/
int index_of_minimum(const int *a, int n) {
  int m = 0;
  for (int i = 1; i < n; i++)
    if (a[i] < a[m]) m = i;
  return m;
}

/*@ assigns \nothing; ensures \result == \max(x, y); */
int larger(int x, int y) { return x < y ? y : x; }

/*@ requires n >= 1 && \valid_read(a + (0 .. n - 1));
  @ assigns \nothing;
  @ ensures \forall integer k; 0 <= k < n ==> a[k] <= \result;
  @*/
int maximum_by_call(const int *a, int n) {
  int m = a[0];
  for (int i = 1; i < n; i++) m = larger(m, a[i]);
  return m;
}

/*@ requires n >= 1 && \valid_read(a + (0 .. n - 1));
  @ assigns \nothing;
  @ ensures \forall integer k; 0 <= k < n ==> a[k] < \result;
  @*/
int strict_maximum(const int *a, int n) {
  int m = a[0];
  for (int i = 1; i < n; i++)
    if (a[i] > m) m = a[i];
  return m;
}
