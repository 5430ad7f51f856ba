/* Contracts in behaviors, and results that are said to exist. */

/*@ requires \valid_read(a + (0 .. n - 1));
    assigns \nothing;
    behavior empty:
      assumes n == 0;
      ensures \result == 0;
    behavior some:
      assumes 0 < n;
      ensures 0 <= \result < n;
      ensures \forall integer i; 0 <= i < n ==> a[\result] <= a[i];
      ensures \forall integer i; 0 <= i < \result ==> a[\result] < a[i];
    complete behaviors;
    disjoint behaviors; */
unsigned first_least(const int *a, unsigned n) {
  if (n > 0) {
    unsigned least = 0;
    for (unsigned i = 0; i < n; i++)
      if (a[i] < a[least]) least = i;
    return least;
  }
  return n;
}

/*@ requires 0 <= n && \valid_read(a + (0 .. n - 1)) && \valid(b + (0 .. n - 1));
    requires \separated(a + (0 .. n - 1), b + (0 .. n - 1));
    assigns b[0 .. n - 1];
    ensures 0 <= \result <= n;
    ensures \forall integer k; 0 <= k < \result ==> b[k] != v;
    ensures \forall integer k; 0 <= k < \result ==> \exists integer i; 0 <= i < n && b[k] == a[i]; */
int without(const int *a, int n, int *b, int v) {
  int j = 0;
  for (int i = 0; i < n; i++)
    if (a[i] != v) b[j++] = a[i];
  return j;
}

/*@ requires \valid(p) && \valid(q);
    assigns *p, *q;
    ensures *p == \old(*q) && *q == \old(*p); */
void exchange(int *p, int *q) {
  int t = *p;
  *p = *q;
  *q = t;
}

/*@ requires \valid(a + (0 .. n - 1)) && \valid(b + (0 .. n - 1));
    requires \separated(a + (0 .. n - 1), b + (0 .. n - 1));
    assigns a[0 .. n - 1], b[0 .. n - 1];
    ensures \forall integer i; 0 <= i < n ==> a[i] == \old(b[i]);
    ensures \forall integer i; 0 <= i < n ==> b[i] == \old(a[i]); */
void exchange_all(int *a, unsigned n, int *b) {
  for (unsigned i = 0; i != n; ++i) exchange(&a[i], &b[i]);
}

/*@ requires 0 <= n && \valid(p + (0 .. n - 1));
    assigns p[0 .. n - 1];
    ensures \forall integer i; 0 <= i < n ==> p[i] == 0; */
void clear_walking(int *p, int n) {
  int *end = p + n;
  while (p < end) *p++ = 0;
}
