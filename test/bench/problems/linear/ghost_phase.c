int main() {
  int x = 0, y = 0, n = unknown(), f = 0;
  assume(n > 0);
  while (f < 2) {
    if (f == 0) { x = x + 1; if (x >= n) f = 1; }
    else { y = y + 1; if (y >= x) f = 2; }
  }
  assert(x == y);
  assert(x == n);
}
