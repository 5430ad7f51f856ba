/* A call through a pointer, whose contract is that of the functions it may be. */

typedef int (*step)(int);

/*@ requires 0 <= x < 1000; assigns \nothing; ensures x <= \result <= x + 1; */
int slow(int x);

/*@ requires 0 <= x < 1000; assigns \nothing; ensures x <= \result <= x + 1; */
int careful(int x);

/*@ requires next == slow || next == careful;
    requires 0 <= n <= 500;
    assigns \nothing;
    ensures 0 <= \result <= n; */
int climb(step next, int n) {
  int x = 0;
  for (int i = 0; i < n; i++) {
    //@ calls slow, careful;
    x = next(x);
  }
  return x;
}
