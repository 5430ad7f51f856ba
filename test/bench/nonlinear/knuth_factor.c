int main() {
  int n = unknown(), a = unknown(), r, q, d, t, k;
  assume(a >= 3 && n >= 1 && a % 2 == 1);
  d = a; r = n % d; k = n % (d - 2); q = 4 * (n / (d - 2) - n / d);
  t = 0;
  while (t < 5 && r != 0) { t = t + 1; r = r + q; }
  assert(r >= 0 || q < 0);
}
