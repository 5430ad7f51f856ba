// Sorting, a step at a time: the greatest moves to the end, an element finds its place, two parts stay apart.
/*@ requires n >= 1 && \valid(a + (0 .. n - 1));
  @ assigns a[0 .. n - 1];
  @ ensures \forall integer k; 0 <= k < n ==> a[k] <= a[n - 1];
  @*/
void greatest_last(int *a, int n) {
  for (int i = 0; i + 1 < n; i++) {
    if (a[i] > a[i + 1]) {
      int kept = a[i];
      a[i] = a[i + 1];
      a[i + 1] = kept;
    }
  }
}

/*@ requires n >= 1 && \valid(a + (0 .. n - 1));
  @ requires \forall integer i, j; 0 <= i <= j < n - 1 ==> a[i] <= a[j];
  @ assigns a[0 .. n - 1];
  @ ensures \forall integer i, j; 0 <= i <= j < n ==> a[i] <= a[j];
  @*/
void insert_last(int *a, int n) {
  int x = a[n - 1];
  int i = n - 1;
  while (i > 0 && a[i - 1] > x) {
    a[i] = a[i - 1];
    i--;
  }
  a[i] = x;
}

/*@ requires n >= 0 && \valid(a + (0 .. n - 1));
  @ assigns a[0 .. n - 1];
  @ ensures 0 <= \result <= n;
  @ ensures \forall integer k; 0 <= k < \result ==> a[k] < x;
  @ ensures \forall integer k; \result <= k < n ==> a[k] >= x;
  @*/
int partition(int *a, int n, int x) {
  int small = 0;
  for (int i = 0; i < n; i++) {
    if (a[i] < x) {
      int kept = a[i];
      a[i] = a[small];
      a[small] = kept;
      small++;
    }
  }
  return small;
}

/*@ requires n >= 0 && \valid(a + (0 .. n - 1));
  @ assigns a[0 .. n - 1];
  @ ensures \forall integer i, j; 0 <= i <= j < n ==> a[i] <= a[j];
  @*/
void selection_sort(int *a, int n) {
  for (int i = 0; i < n; i++) {
    int least = i;
    for (int j = i + 1; j < n; j++)
      if (a[j] < a[least]) least = j;
    int kept = a[i];
    a[i] = a[least];
    a[least] = kept;
  }
}

/*@ requires n >= 0 && \valid_read(a + (0 .. n - 1)) && \valid_read(b + (0 .. n - 1)) && \valid(c + (0 .. n - 1));
  @ requires \separated(a + (0 .. n - 1), c + (0 .. n - 1)) && \separated(b + (0 .. n - 1), c + (0 .. n - 1));
  @ assigns c[0 .. n - 1];
  @ ensures \forall integer k; 0 <= k < n ==> c[k] == a[k] || c[k] == b[k];
  @ ensures \forall integer k; 0 <= k < n ==> c[k] >= a[k] && c[k] >= b[k];
  @*/
void larger_of_each(const int *a, const int *b, int *c, int n) {
  for (int i = 0; i < n; i++) c[i] = a[i] > b[i] ? a[i] : b[i];
}
