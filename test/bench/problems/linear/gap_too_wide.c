int main() {
  int x = 0, y = 0, k = 0;
  while (k < 60) {
    if (unknown()) { x = x + 2; y = y + 1; } else { x = x + 1; y = y + 2; }
    k = k + 1;
    if (x - y > 17) y = y + 1;
  }
  assert(x - y <= 17);
  assert(y - x <= 40);
}
