/*@ requires b >= 0; ensures \result == a * b; */
int product_slow(int a, int b) {
  int r = 0, i = 0;
  while (i < b) { r += a; i++; }
  return r;
}
