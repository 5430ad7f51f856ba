/*@ requires a >= 0 && b > 0; ensures 0 <= a - \result * b < b; */
int divide_slow(int a, int b) {
  int q = 0, r = a;
  while (r >= b) { r = r - b; q = q + 1; }
  return q;
}
