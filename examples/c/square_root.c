// The integer square root, one step at a time: the postcondition's own terms make the invariant.

/*@ requires n >= 0;
  @ assigns \nothing;
  @ ensures \result * \result <= n;
  @ ensures n < (\result + 1) * (\result + 1);
  @*/
int square_root(int n) {
  int r = 0;
  while ((r + 1) * (r + 1) <= n) {
    r++;
  }
  return r;
}
