int main() {
  int n = unknown(), lo = 0, hi, mid;
  assume(n >= 1);
  hi = n + 1;
  while (hi - lo > 1) {
    mid = (lo + hi) / 2;
    if (mid * mid <= n) lo = mid; else hi = mid;
  }
  assert(lo * lo <= n);
  assert((lo + 1) * (lo + 1) > n);
}
