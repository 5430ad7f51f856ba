int main() {
  int x = 1, y = 0, n = unknown();
  while (y < n) { x = x + 2 * y + 1; y = y + 1; }
  assert(x >= y * y);
}
