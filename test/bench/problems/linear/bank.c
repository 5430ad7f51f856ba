int main() {
  int x = 100, y = 0, z = 0, t = 0, n = unknown(), debt = 0;
  while (t < n) {
    if (unknown()) { if (x > 0) { x = x - 1; y = y + 1; } }
    else if (unknown()) { if (y > 0) { y = y - 1; z = z + 1; } }
    else { if (z > 0) { z = z - 1; x = x + 1; } else { debt = debt + 1; } }
    t = t + 1;
  }
  assert(x + y + z == 100);
  assert(x >= 0 && y >= 0 && z >= 0 && debt >= 0);
}
