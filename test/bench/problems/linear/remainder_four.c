int main() {
  int x = 0, y = unknown(), k = 0;
  assume(y % 4 == 2);
  while (unknown()) {
    if (unknown()) { x += 6; y += 4; } else { x -= 2; y -= 8; }
    k++;
  }
  assert(x % 2 == 0);
  assert(y != 0 && y != 8 && y != 1);
}
