int main() {
  int lo = 0, mid = unknown(), hi = unknown(), moves = 0;
  assume(lo <= mid && mid <= hi);
  while (lo + 1 < hi) {
    if (unknown()) { lo = lo + 1; if (mid < lo) mid = lo; }
    else { hi = hi - 1; if (mid > hi) mid = hi; }
    moves = moves + 1;
  }
  assert(lo <= mid && mid <= hi);
}
