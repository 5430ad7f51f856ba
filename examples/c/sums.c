// Prefix sums and differences: each element from the one before it.
/*@ requires n >= 1 && \valid_read(a + (0 .. n - 1)) && \valid(s + (0 .. n - 1));
  @ requires \separated(a + (0 .. n - 1), s + (0 .. n - 1));
  @ assigns s[0 .. n - 1];
  @ ensures s[0] == a[0];
  @ ensures \forall integer k; 1 <= k < n ==> s[k] == s[k - 1] + a[k];
  @*/
void prefix_sums(const int *a, int *s, int n) {
  s[0] = a[0];
  for (int i = 1; i < n; i++) s[i] = s[i - 1] + a[i];
}

/*@ requires n >= 0 && \valid_read(a + (0 .. n)) && \valid(d + (0 .. n - 1));
  @ requires \separated(a + (0 .. n), d + (0 .. n - 1));
  @ assigns d[0 .. n - 1];
  @ ensures \forall integer k; 0 <= k < n ==> d[k] == a[k + 1] - a[k];
  @*/
void differences(const int *a, int *d, int n) {
  for (int i = 0; i < n; i++) d[i] = a[i + 1] - a[i];
}

/*@ requires n >= 0 && \valid_read(a + (0 .. n - 1));
  @ requires \forall integer k; 0 <= k < n ==> 0 <= a[k] <= 9;
  @ assigns \nothing;
  @ ensures 0 <= \result <= 9 * n;
  @*/
int total_of_digits(const int *a, int n) {
  int sum = 0;
  for (int i = 0; i < n; i++) sum += a[i];
  return sum;
}

/*@ requires n >= 0 && \valid_read(a + (0 .. n - 1));
  @ assigns \nothing;
  @ ensures \result == 0 ==> \forall integer k; 0 <= k < n ==> a[k] == 0;
  @*/
int any_set(const int *a, int n) {
  int found = 0;
  for (int i = 0; i < n; i++)
    if (a[i] != 0) found = 1;
  return found;
}
