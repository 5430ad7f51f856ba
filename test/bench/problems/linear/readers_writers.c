int main() {
  int k = unknown(), rd = 0, wr = 0, free;
  assume(k >= 1);
  free = k;
  while (unknown()) {
    if (unknown()) { if (free >= 1) { free--; rd++; } }
    else if (unknown()) { if (free >= k) { free = free - k; wr++; } }
    else if (unknown()) { if (rd >= 1) { rd--; free++; } }
    else { if (wr >= 1) { wr--; free = free + k; } }
  }
  assert(wr == 0 || rd == 0);
}
