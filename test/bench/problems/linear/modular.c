int main() {
  int x = 0, y = 0, n = unknown();
  while (x < n) {
    if (y == 0) y = 1; else y = 0;
    x = x + 2;
  }
  assert(x % 2 == 0);
  assert(y == 0 || y == 1);
}
