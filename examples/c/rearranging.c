// Elements that move as a whole: a mirror image made with half of the indices, a rotation in two loops, a bubble sort, and a search
// for two that are equal.

/*@ requires n >= 0;
  @ requires \valid(a + (0 .. n - 1));
  @ assigns a[0 .. n - 1];
  @ ensures \forall integer k; 0 <= k < n ==> a[k] == \old(a[n - k - 1]);
  @*/
void mirror(int *a, int n) {
  int half = n / 2;
  for (int i = 0; i < half; ++i) {
    int kept = a[i];
    a[i] = a[n - 1 - i];
    a[n - 1 - i] = kept;
  }
}

/*@ requires 0 <= m <= n;
  @ requires \valid_read(a + (0 .. n - 1));
  @ requires \valid(b + (0 .. n - 1));
  @ requires \separated(a + (0 .. n - 1), b + (0 .. n - 1));
  @ assigns b[0 .. n - 1];
  @ ensures \forall integer k; 0 <= k < n - m ==> b[k] == a[m + k];
  @ ensures \forall integer k; 0 <= k < m ==> b[n - m + k] == a[k];
  @*/
void rotate_into(const int *a, int m, int n, int *b) {
  for (int i = m; i < n; i++)
    b[i - m] = a[i];
  for (int i = 0; i < m; i++)
    b[n - m + i] = a[i];
}

/*@ requires n >= 0;
  @ requires \valid(a + (0 .. n - 1));
  @ assigns a[0 .. n - 1];
  @ ensures \forall integer i, j; 0 <= i <= j < n ==> a[i] <= a[j];
  @*/
void bubble_sort(int *a, int n) {
  for (int i = n - 1; i > 0; i--) {
    for (int j = 0; j < i; j++) {
      if (a[j] > a[j + 1]) {
        int kept = a[j];
        a[j] = a[j + 1];
        a[j + 1] = kept;
      }
    }
  }
}

/*@ requires n >= 0;
  @ requires \valid_read(a + (0 .. n - 1));
  @ assigns \nothing;
  @ ensures \result == 1 ==> (\forall integer i, j; 0 <= i < j < n ==> a[i] != a[j]);
  @ ensures \result == 0 ==> (\exists integer i, j; 0 <= i < j < n && a[i] == a[j]);
  @ ensures \result == 0 || \result == 1;
  @*/
int all_distinct(const int *a, int n) {
  for (int i = 0; i < n; i++)
    for (int j = i + 1; j < n; j++)
      if (a[i] == a[j])
        return 0;
  return 1;
}
