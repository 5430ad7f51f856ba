int main() {
  int from = unknown(), to = 0, total, moved = 0, fee = 0;
  assume(from >= 0);
  total = from;
  while (from > 0) {
    if (unknown() && from >= 2) { from = from - 2; to = to + 1; fee = fee + 1; }
    else { from = from - 1; to = to + 1; }
    moved = moved + 1;
  }
  assert(to + fee == total);
  assert(moved == to);
}
