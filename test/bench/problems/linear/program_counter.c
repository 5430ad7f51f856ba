int main() {
  int pc = 0, x = 0, y = 0, n = unknown(), done = 0;
  assume(n > 0);
  while (!done) {
    if (pc == 0) { x = 0; y = 0; pc = 1; }
    else if (pc == 1) { if (x < n) pc = 2; else pc = 4; }
    else if (pc == 2) { x = x + 1; pc = 3; }
    else if (pc == 3) { y = y + 1; pc = 1; }
    else { done = 1; }
  }
  assert(x == n && y == n);
}
