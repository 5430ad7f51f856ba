/*@ requires a >= 0 && b > 0; ensures a == b * \result + (a - b * \result); ensures 0 <= a - b * \result < b; */
int bdiv(int a, int b) {
  int q = 0, r = a, p = 1, d = b;
  while (2 * d <= r) { d = 2 * d; p = 2 * p; }
  while (p > 0) {
    if (r >= d) { r -= d; q += p; }
    if (p == 1) break;
    p = p / 2; d = d / 2;
  }
  return q;
}
