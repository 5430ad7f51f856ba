int main() {
  int X = unknown(), Y = unknown(), x = 0, y = 0, v;
  assume(X >= 0 && Y >= 0 && Y <= X);
  v = 2 * Y - X;
  while (x <= X) {
    if (v < 0) { v = v + 2 * Y; } else { v = v + 2 * (Y - X); y++; }
    x++;
  }
  assert(2 * Y * x - 2 * X * y - X + 2 * Y - v == 0);
  assert(v <= 2 * Y);
}
