int main() {
  int x = unknown(), y = unknown(), z = 0, s = 0;
  assume(x >= 0 && y >= 0 && x <= 10 && y <= 10);
  while (x > 0 || y > 0) {
    if (y > 0) { y--; }
    else { x--; y = 10; z++; }
    s++;
  }
  assert(s >= z);
  assert(s <= 120);
}
