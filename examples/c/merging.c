// Two sorted arrays become one.
/*@ requires 0 <= n && 0 <= m && n + m <= 1000000;
  @ requires \valid_read(a + (0 .. n - 1)) && \valid_read(b + (0 .. m - 1)) && \valid(c + (0 .. n + m - 1));
  @ requires \separated(a + (0 .. n - 1), c + (0 .. n + m - 1)) && \separated(b + (0 .. m - 1), c + (0 .. n + m - 1));
  @ requires \forall integer i, j; 0 <= i <= j < n ==> a[i] <= a[j];
  @ requires \forall integer i, j; 0 <= i <= j < m ==> b[i] <= b[j];
  @ assigns c[0 .. n + m - 1];
  @ ensures \forall integer i, j; 0 <= i <= j < n + m ==> c[i] <= c[j];
  @*/
void merge(const int *a, int n, const int *b, int m, int *c) {
  int i = 0;
  int j = 0;
  int k = 0;
  while (k < n + m) {
    if (j >= m || (i < n && a[i] <= b[j])) {
      c[k] = a[i];
      i++;
    } else {
      c[k] = b[j];
      j++;
    }
    k++;
  }
}

/*@ requires 0 <= n && 0 <= m && n + m <= 1000000;
  @ requires \valid_read(a + (0 .. n - 1)) && \valid_read(b + (0 .. m - 1)) && \valid(c + (0 .. n + m - 1));
  @ requires \separated(a + (0 .. n - 1), c + (0 .. n + m - 1)) && \separated(b + (0 .. m - 1), c + (0 .. n + m - 1));
  @ assigns c[0 .. n + m - 1];
  @ ensures \forall integer k; 0 <= k < n ==> c[k] == a[k];
  @ ensures \forall integer k; 0 <= k < m ==> c[n + k] == b[k];
  @*/
void append(const int *a, int n, const int *b, int m, int *c) {
  for (int i = 0; i < n; i++) c[i] = a[i];
  for (int j = 0; j < m; j++) c[n + j] = b[j];
}
