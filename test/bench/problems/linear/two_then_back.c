int main() {
  int n = unknown(), x = 0, y = 0, z = 0;
  assume(n > 0);
  while (x < n) { x = x + 1; y = y + 2; }
  while (x > 0) { x = x - 1; z = z + 2; }
  assert(z == y);
  assert(z == 2 * n);
}
