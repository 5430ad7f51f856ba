/*@ axiomatic Sum {
      logic integer sum{L}(int *a, integer lo, integer hi) reads a[lo .. hi - 1];

      axiom sum_empty{L}: \forall int *a, integer lo, hi; hi <= lo ==> sum(a, lo, hi) == 0;

      axiom sum_next{L}: \forall int *a, integer lo, hi;
        lo <= hi ==> sum(a, lo, hi + 1) == sum(a, lo, hi) + a[hi];
    }
*/

/*@ requires 0 <= n && \valid_read(a + (0 .. n - 1));
    requires \forall integer k; 0 <= k <= n ==> -1000000 <= sum(a, 0, k) <= 1000000;
    assigns \nothing;
    ensures \result == sum(a, 0, n); */
int sum_of_all(int *a, int n) {
  int s = 0;
  /*@ loop invariant 0 <= i <= n;
      loop invariant s == sum(a, 0, i);
      loop assigns i, s;
      loop variant n - i; */
  for (int i = 0; i < n; i++) s += a[i];
  return s;
}

/*@ logic integer count(int *a, integer n, integer v) =
      n <= 0 ? 0 : count(a, n - 1, v) + (a[n - 1] == v ? 1 : 0); */

/*@ requires 0 <= n && \valid_read(a + (0 .. n - 1));
    assigns \nothing;
    ensures \result == count(a, n, v); */
int occurrences(int *a, int n, int v) {
  int c = 0;
  /*@ loop invariant 0 <= c <= i <= n;
      loop invariant c == count(a, i, v);
      loop assigns i, c;
      loop variant n - i; */
  for (int i = 0; i < n; i++)
    if (a[i] == v) c++;
  return c;
}

/*@ inductive even(integer n) {
      case zero: even(0);
      case step: \forall integer n; even(n) ==> even(n + 2);
    }
    lemma twice_is_even: \forall integer k; k >= 0 ==> even(2 * k); */

/*@ requires 0 <= n <= 1000;
    assigns \nothing;
    ensures even(\result); */
int twice(int n) { return n + n; }

/*@ axiomatic Contradiction {
      logic integer weight(integer n);
      axiom heavy: \forall integer n; weight(n) > 10;
      axiom light: \forall integer n; weight(n) < 10;
    }
*/

/*@ assigns \nothing;
    ensures \result == weight(n); */
int weigh(int n) { return 3; }
