int main() {
  int x = 0, y = 0, turn = 0, n = unknown(), k = 0;
  assume(n >= 0);
  while (k < n) {
    if (turn == 0) { x = x + 3; turn = 1; } else { y = y + 3; turn = 0; }
    k = k + 1;
  }
  assert(x - y >= 0 && x - y <= 3);
  assert(x + y == 3 * n);
}
