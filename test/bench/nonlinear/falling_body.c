int main() {
  int t = 0, v = 0, h = 0, g = unknown(), n = unknown();
  assume(n >= 0);
  while (t < n) { h = h + 2 * v + g; v = v + g; t = t + 1; }
  assert(v == g * n);
  assert(h == g * n * n);
}
