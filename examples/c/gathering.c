/* Selecting, summing from behind, leaving out what is there twice. */

/*@ predicate sorted{L}(int *t, integer i, integer j) =
      \forall integer k; i <= k < j ==> t[k] <= t[k+1];
*/
/*@ requires n >= 1;
    requires \valid(t + (0 .. n-1));
    assigns t[0 .. n-1];
    ensures sorted(t, 0, n-1);
*/
void selection_sort(int t[], int n) {
  int i, j, mi, mv;
  for (i = 0; i < n-1; i++) {
    mv = t[i]; mi = i;
    for (j = i+1; j < n; j++) {
      if (t[j] < mv) { mi = j; mv = t[j]; }
    }
    t[mi] = t[i];
    t[i] = mv;
  }
}

/*@ logic integer sum{L}(int *a, integer l, integer h) = l >= h ? 0 : a[l] + sum(a, l+1, h); */
/*@ requires n >= 0;
    requires \valid_read(a + (0 .. n-1));
    assigns \nothing;
    ensures \result == sum(a, 0, n);
*/
int accumulate(const int *a, int n) {
  int s = 0;
  for (int i = n - 1; i >= 0; i--)
    s += a[i];
  return s;
}

/*@ requires n > 0;
    requires \valid(a + (0 .. n-1));
    requires \forall integer i, j; 0 <= i <= j < n ==> a[i] <= a[j];
    assigns a[0 .. n-1];
    ensures 1 <= \result <= n;
    ensures \forall integer i, j; 0 <= i < j < \result ==> a[i] < a[j];
*/
int unique(int *a, int n) {
  int k = 1;
  for (int i = 1; i < n; i++) {
    if (a[i] != a[k-1]) {
      a[k] = a[i];
      k++;
    }
  }
  return k;
}
