/* Counts up to the middle, then a second variable catches up. */
int main() {
  int x = 0, y = 50, n = 100;
  while (x < n) {
    if (x >= 50) y = y + 1;
    x = x + 1;
  }
  assert(y == 100);
}
