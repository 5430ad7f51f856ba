int main() {
  int lo = 0, hi = unknown(), mid, steps = 0;
  assume(hi > 0);
  while (lo < hi) {
    mid = (lo + hi) / 2;
    if (unknown()) lo = mid + 1; else hi = mid;
    steps = steps + 1;
  }
  assert(lo == hi);
  assert(lo >= 0);
}
