// Saturating and modular arithmetic, remainders, and recursion with a measure.
/*@ requires 0 <= x <= 100 && 0 <= y <= 100;
  @ assigns \nothing;
  @ ensures \result == \min(x + y, 100);
  @*/
int add_saturating(int x, int y) {
  int sum = x + y;
  return sum > 100 ? 100 : sum;
}

/*@ requires lo <= hi; assigns \nothing; ensures lo <= \result <= hi; ensures lo <= x <= hi ==> \result == x; */
int clamp(int x, int lo, int hi) {
  if (x < lo) return lo;
  if (x > hi) return hi;
  return x;
}

/*@ requires 0 <= i < n; assigns \nothing; ensures 0 <= \result < n; ensures \result == (i + 1) % n; */
int next_index(int i, int n) {
  i++;
  if (i == n) i = 0;
  return i;
}

/*@ requires n >= 0; decreases n; assigns \nothing; ensures \result == n * (n + 1) / 2; */
int sum_below(int n) {
  if (n == 0) return 0;
  return n + sum_below(n - 1);
}

/*@ behavior negative: assumes x < 0; ensures \result == -1;
  @ behavior zero: assumes x == 0; ensures \result == 0;
  @ behavior positive: assumes x > 0; ensures \result == 1;
  @ complete behaviors;
  @ disjoint behaviors;
  @*/
int sign(int x) {
  if (x < 0) return -1;
  return x > 0;
}

/*@ behavior negative: assumes x < 0; ensures \result == -x;
  @ behavior positive: assumes x > 0; ensures \result == x;
  @ complete behaviors;
  @*/
int absolute(int x) { return x < 0 ? -x : x; }

/*@ requires 0 <= x < 1000; assigns \nothing; ensures \result <= x; */
unsigned half(unsigned x) { return x / 2; }
