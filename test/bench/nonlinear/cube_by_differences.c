int main() {
  int a = unknown(), n = 0, x = 0, y = 1, z = 6;
  while (n <= a) { n = n + 1; x = x + y; y = y + z; z = z + 6; }
  assert(z == 6 * n + 6);
  assert(y == 3 * n * n + 3 * n + 1);
  assert(x == n * n * n);
}
