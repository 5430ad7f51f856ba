int main() {
  int a = unknown(), x, r = 0;
  assume(a >= 0);
  x = a;
  while (x > r) { x = x - r; r = r + 1; }
  assert(2 * a == r * r - r + 2 * x);
}
