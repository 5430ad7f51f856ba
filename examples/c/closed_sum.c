// Gauss's formula: the invariant is quadratic, which makes this one of the harder examples.

/*@ requires n >= 0;
  @ assigns \nothing;
  @ ensures 2 * \result == n * (n + 1);
  @*/
int triangle(int n) {
  int s = 0;
  for (int i = 1; i <= n; i++)
    s += i;
  return s;
}
