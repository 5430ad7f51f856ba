/* Searches that end early: what has been looked at so far is what the loop knows. */
#include <stdbool.h>

/*@ requires n >= 0 && \valid_read(a + (0 .. n-1));
    assigns \nothing;
    ensures \result <==> (\exists integer i; 0 <= i < n && a[i] == v);
*/
bool contains(const int a[], int n, int v) {
  bool found = false;
  for (int i = 0; i < n && !found; i++)
    found = (a[i] == v);
  return found;
}

/*@ requires n >= 0 && \valid_read(a + (0 .. n-1));
    assigns \nothing;
    ensures \result == 1 <==> \exists integer i, j; 0 <= i < j < n && a[i] == a[j];
    ensures \result == 0 || \result == 1;
*/
int has_duplicate(const int *a, int n) {
  for (int i = 0; i < n; i++)
    for (int j = i + 1; j < n; j++)
      if (a[i] == a[j]) return 1;
  return 0;
}

/*@ requires n > 0 && \valid_read(a + (0 .. n-1));
    assigns \nothing;
    ensures 0 <= \result < n;
    ensures \forall integer i; 0 <= i < n ==> a[i] <= a[\result];
*/
int max_two(const int *a, int n) {
  int x = 0, y = n - 1;
  while (x != y) {
    if (a[x] <= a[y]) x++;
    else y--;
  }
  return x;
}

/*@ requires n >= 0;
    requires \valid_read(a + (0 .. n-1)) && \valid_read(b + (0 .. n-1));
    assigns \nothing;
    behavior all_equal:
      assumes \forall integer i; 0 <= i < n ==> a[i] == b[i];
      ensures \result == n;
    behavior some_not_equal:
      assumes \exists integer i; 0 <= i < n && a[i] != b[i];
      ensures 0 <= \result < n;
      ensures a[\result] != b[\result];
      ensures \forall integer k; 0 <= k < \result ==> a[k] == b[k];
    complete behaviors all_equal, some_not_equal;
    disjoint behaviors all_equal, some_not_equal;
*/
int mismatch(const int *a, const int *b, int n) {
  int i = 0;
  for (; i < n; i++) {
    if (a[i] != b[i]) break;
  }
  return i;
}

/* Wrong: under `clear` nothing is to be assigned, and the function clears. */
/*@ requires n >= 0 && \valid(a + (0 .. n-1));
    behavior small: assumes n <= 3; assigns a[0 .. n-1];
    behavior clear: assumes n > 3; assigns \nothing;
    complete behaviors;
*/
void clear_small(int *a, int n) {
  for (int i = 0; i < n; i++)
    a[i] = 0;
}
