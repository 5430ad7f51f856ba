// Statements about all elements, decided by looking at each.
/*@ requires n >= 0 && \valid_read(a + (0 .. n - 1));
  @ assigns \nothing;
  @ ensures \result == 1 ==> \forall integer k; 0 <= k < n ==> a[k] == b[k];
  @*/
int equal_prefix(const int *a, const int *b, int n) {
  for (int i = 0; i < n; i++)
    if (a[i] != b[i]) return 0;
  return 1;
}

/*@ requires n >= 0 && \valid_read(a + (0 .. n - 1)) && \valid_read(b + (0 .. n - 1));
  @ assigns \nothing;
  @ ensures \result == 1 <==> \forall integer k; 0 <= k < n ==> a[k] == b[k];
  @*/
int equal(const int *a, const int *b, int n) {
  for (int i = 0; i < n; i++)
    if (a[i] != b[i]) return 0;
  return 1;
}

/*@ requires n >= 0 && \valid_read(a + (0 .. n - 1));
  @ assigns \nothing;
  @ ensures \result == 1 ==> \forall integer k; 0 <= k < n - 1 ==> a[k] <= a[k + 1];
  @*/
int is_sorted(const int *a, int n) {
  for (int i = 0; i + 1 < n; i++)
    if (a[i] > a[i + 1]) return 0;
  return 1;
}

/*@ requires n >= 0 && \valid_read(a + (0 .. n - 1));
  @ assigns \nothing;
  @ ensures 0 <= \result <= n;
  @*/
int count_equal(const int *a, int n, int x) {
  int count = 0;
  for (int i = 0; i < n; i++)
    if (a[i] == x) count++;
  return count;
}

/*@ requires n >= 0 && \valid_read(a + (0 .. n - 1)) && \forall integer k; 0 <= k < n ==> a[k] >= 0;
  @ assigns \nothing;
  @ ensures \result >= 0;
  @*/
long total(const int *a, int n) {
  long sum = 0;
  for (int i = 0; i < n; i++) sum += a[i];
  return sum;
}

/*@ requires n >= 0 && \valid_read(s + (0 .. n)) && s[n] == 0;
  @ assigns \nothing;
  @ ensures 0 <= \result <= n && s[\result] == 0;
  @*/
int length(const char *s, int n) {
  int i = 0;
  while (s[i] != 0) i++;
  return i;
}
