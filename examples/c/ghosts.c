/*@ requires 0 <= n <= 1000;
    assigns \nothing;
    ensures \result == 2 * n; */
int doubled(int n) {
  int r = 0;
  //@ ghost int steps = 0;
  /*@ loop invariant 0 <= steps <= n && r == 2 * steps && left == n - steps;
      loop assigns left, r, steps;
      loop variant left; */
  for (int left = n; left > 0; left--) {
    r += 2;
    //@ ghost steps++;
  }
  return r;
}
