int main() {
  int x = unknown(), y, a = 1, b = 0, k = 0;
  assume(x >= 1);
  y = x;
  while (y > 1 && k < 20) { if (unknown()) { y = 3 * y + 1; a = 3 * a; b = 3 * b + 1; } else { y = 2 * y; a = 2 * a; b = 2 * b; } k++; }
  assert(y == a * x + b);
}
