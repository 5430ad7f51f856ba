int main() {
  int k = unknown(), x = 0, y = 0;
  assume(k >= 0);
  while (y < k) { y = y + 1; x = x + y * y; }
  assert(6 * x == k * (k + 1) * (2 * k + 1));
}
