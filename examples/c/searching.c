// Searching: a prefix that holds no hit grows by one element, and a sorted array halves.
/*@ predicate sorted{L}(int *a, integer n) = \forall integer i, j; 0 <= i <= j < n ==> a[i] <= a[j]; */

/*@ requires n >= 0 && \valid_read(a + (0 .. n - 1));
  @ assigns \nothing;
  @ ensures \result == -1 || (0 <= \result < n && a[\result] == x);
  @ ensures \result == -1 ==> \forall integer k; 0 <= k < n ==> a[k] != x;
  @*/
int find(const int *a, int n, int x) {
  for (int i = 0; i < n; i++)
    if (a[i] == x) return i;
  return -1;
}

/*@ requires n >= 0 && \valid_read(a + (0 .. n - 1));
  @ assigns \nothing;
  @ ensures \result == 1 <==> \exists integer k; 0 <= k < n && a[k] == x;
  @*/
int contains(const int *a, int n, int x) {
  int i = 0;
  while (i < n) {
    if (a[i] == x) return 1;
    i++;
  }
  return 0;
}

/*@ requires n >= 0 && \valid_read(a + (0 .. n - 1)) && sorted(a, n);
  @ assigns \nothing;
  @ ensures \result == -1 || (0 <= \result < n && a[\result] == x);
  @ ensures \result == -1 ==> \forall integer k; 0 <= k < n ==> a[k] != x;
  @*/
int binary_search(const int *a, int n, int x) {
  int lo = 0, hi = n - 1;
  while (lo <= hi) {
    int mid = lo + (hi - lo) / 2;
    if (a[mid] == x) return mid;
    if (a[mid] < x) lo = mid + 1;
    else hi = mid - 1;
  }
  return -1;
}

/*@ requires n >= 0 && \valid_read(a + (0 .. n - 1));
  @ assigns \nothing;
  @ ensures -1 <= \result < n;
  @ ensures \forall integer k; \result < k < n ==> a[k] != x;
  @*/
int find_last(const int *a, int n, int x) {
  int i = n - 1;
  while (i >= 0) {
    if (a[i] == x) break;
    i--;
  }
  return i;
}

/*@ requires n >= 0 && \valid_read(a + (0 .. n - 1)); assigns \nothing; */
int find_too_far(const int *a, int n, int x) {
  int i = 0;
  while (i <= n && a[i] != x) i++;
  return i;
}
