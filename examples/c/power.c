// A power of two outgrows its exponent.

/*@ requires n >= 0;
  @ ensures \result > n;
  @*/
int power_of_two(int n) {
  int p = 1;
  int i = 0;
  while (i < n) {
    p = 2 * p;
    i++;
  }
  return p;
}
