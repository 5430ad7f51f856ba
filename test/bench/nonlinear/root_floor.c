/*@ requires n >= 0; ensures \result * \result <= n; ensures (\result + 1) * (\result + 1) > n; */
int root_floor(int n) {
  int a = 0, s = 1, t = 1;
  while (s <= n) { a = a + 1; t = t + 2; s = s + t; }
  return a;
}
