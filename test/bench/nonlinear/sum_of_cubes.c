int main() {
  int k = unknown(), x = 0, y = 0;
  assume(k >= 0);
  while (y < k) { y = y + 1; x = x + y * y * y; }
  assert(4 * x == k * k * (k + 1) * (k + 1));
}
