int main() {
  int n = unknown(), r = 0, c = 0, d = 1, e = 6;
  assume(n >= 0);
  while (c + d <= n) { c = c + d; d = d + e; e = e + 6; r = r + 1; }
  assert(c == r * r * r);
  assert(r * r * r <= n);
  assert((r + 1) * (r + 1) * (r + 1) > n);
}
