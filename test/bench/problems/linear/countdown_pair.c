int main() {
  int x = unknown(), y = unknown(), s, t = 0;
  assume(x >= 0 && y >= 0);
  s = x + y;
  while (x > 0) {
    x = x - 1;
    while (y > 0 && unknown()) { y = y - 1; t = t + 1; }
    t = t + 1;
  }
  assert(t + y == s);
}
