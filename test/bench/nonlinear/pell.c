int main() {
  int x = 3, y = 2, t, n = unknown(), i = 0;
  while (i < n) { t = x; x = 3 * x + 4 * y; y = 2 * t + 3 * y; i++; }
  assert(x * x - 2 * y * y == 1);
}
