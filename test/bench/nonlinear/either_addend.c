int main() {
  int x = unknown(), y = unknown(), n = unknown(), i = 0, s = 0;
  assume(x >= 0 && y >= 0 && n >= 0);
  while (i < n) { if (unknown()) s += x; else s += y; i++; }
  assert(s <= n * (x + y));
}
