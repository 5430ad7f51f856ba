int main() {
  int lo = 0, hi = unknown(), i = 0, n;
  assume(hi >= 0);
  n = hi;
  while (i < hi) {
    if (unknown()) { assert(0 <= i && i < n); i = i + 1; lo = lo + 1; }
    else if (unknown()) { hi = hi - 1; assert(hi >= 0 && hi < n); }
    else i = i + 1;
  }
  assert(lo <= i && i == hi && hi <= n);
}
