#include <stddef.h>

/*@ requires n >= 0 && \valid_read(a + (0 .. n - 1));
    assigns \result \from a, n, key, a[0 .. n - 1];
    ensures \result == \null || (\exists integer i; 0 <= i < n && \result == a + i && *\result == key);
    ensures \result == \null ==> \forall integer i; 0 <= i < n ==> a[i] != key; */
int *find_cell(int *a, int n, int key) {
  /*@ loop invariant 0 <= i <= n;
      loop invariant \forall integer k; 0 <= k < i ==> a[k] != key;
      loop assigns i;
      loop variant n - i; */
  for (int i = 0; i < n; i++)
    if (a[i] == key)
      return a + i;
  return NULL;
}

/*@ requires n >= 0 && \valid(a + (0 .. n - 1));
    assigns a[0 .. n - 1];
    ensures \result == 0 || \result == 1; */
int replace_first(int *a, int n, int key, int value) {
  int *cell = find_cell(a, n, key);
  if (cell == NULL)
    return 0;
  *cell = value;
  return 1;
}

/*@ requires n >= 0 && \valid(a + (0 .. n - 1));
    assigns a[0 .. n - 1]; */
void replace_unasked(int *a, int n, int key, int value) {
  *find_cell(a, n, key) = value;
}

/*@ requires \valid_read(p) && \valid_read(q);
    assigns \result \from p, q, *p, *q;
    ensures \result == p || \result == q;
    ensures *\result >= *p && *\result >= *q; */
int *larger_of(int *p, int *q) {
  return *p < *q ? q : p;
}

/*@ requires p == \null || \valid_read(p);
    assigns \nothing;
    ensures p == \null ==> \result == otherwise;
    ensures p != \null ==> \result == *p; */
int value_or(const int *p, int otherwise) {
  if (!p)
    return otherwise;
  return *p;
}

/*@ requires a >= 0 && b > 0;
    requires \valid(q) && \valid(r) && \separated(q, r);
    assigns *q, *r;
    ensures a == *q * b + *r && 0 <= *r < b; */
void quotient_rest(int a, int b, int *q, int *r) {
  *q = a / b;
  *r = a % b;
}

/*@ requires a >= 0;
    assigns \nothing;
    ensures 0 <= \result < 10; */
int last_digit(int a) {
  int q, r;
  quotient_rest(a, 10, &q, &r);
  return r;
}

/*@ assigns \nothing;
    ensures \result == \null; */
int *nothing_found(int *p) {
  return p;
}
