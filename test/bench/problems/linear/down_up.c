int main() {
  int x = unknown(), y = 0, z = 0, w = unknown();
  assume(x > 0 && w > 0);
  int x0 = x;
  while (x > 0) {
    x = x - 1;
    if (w > x) { y = y + 1; } else { z = z + 1; }
  }
  while (y > 0) { y = y - 1; x = x + 1; }
  while (z > 0) { z = z - 1; x = x + 1; }
  assert(x == x0);
}
