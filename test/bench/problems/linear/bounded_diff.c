int main() {
  int x = unknown(), y = x, z = x + 3, k = 0, n = unknown();
  while (k < n) {
    if (unknown()) { x = x + 1; y = y + 1; z = z + 1; }
    else { x = x - 2; z = z - 2; y = y - 2; }
    k = k + 1;
  }
  assert(z - y == 3);
  assert(x == y);
}
