int main() {
  int p = 0, q = 1, r = 2, v = unknown(), n = unknown(), i = 0;
  assume(v >= 1);
  while (i < n) {
    if (unknown()) { r = r + v; }
    if (q + 1 < r && unknown()) { q = q + 1; }
    if (p + 1 < q) { p = p + 1; }
    i = i + 1;
  }
  assert(p < q && q < r);
}
