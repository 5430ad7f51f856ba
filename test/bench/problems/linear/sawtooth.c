int main() {
  int x = 0, up = 1, steps = 0, n = unknown();
  assume(n >= 0);
  while (steps < n) {
    if (up == 1) { x = x + 1; if (x == 10) up = 0; }
    else { x = x - 1; if (x == 0) up = 1; }
    steps = steps + 1;
  }
  assert(0 <= x && x <= 10);
  assert(up == 0 || up == 1);
}
