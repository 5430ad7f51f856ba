int main() {
  int a = unknown(), b = unknown(), x, y, z = 0;
  assume(b >= 0);
  x = a; y = b;
  while (y != 0) {
    if (y % 2 == 1) { z = z + x; y = y - 1; }
    x = 2 * x; y = y / 2;
  }
  assert(z == a * b);
}
