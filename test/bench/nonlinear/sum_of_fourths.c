int main() {
  int k = unknown(), x = 0, y = 0;
  assume(k >= 0);
  while (y < k) { y = y + 1; x = y * y * y * y + x; }
  assert(6*y*y*y*y*y + 15*y*y*y*y + 10*y*y*y - 30*x - y == 0);
}
