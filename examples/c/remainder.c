// The remainder by repeated subtraction.

/*@ requires a >= 0 && b > 0;
  @ assigns \nothing;
  @ ensures 0 <= \result < b;
  @*/
int rest(int a, int b) {
  int r = a;
  while (r >= b)
    r = r - b;
  return r;
}
