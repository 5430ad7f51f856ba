int main() {
  int i = 0, a = 0, b = 0, n = unknown();
  assume(n >= 0 && n % 6 == 0);
  while (i < n) {
    if (i % 2 == 0) a = a + 1;
    if (i % 3 == 0) b = b + 1;
    i = i + 1;
  }
  assert(2 * a == n);
  assert(3 * b == n);
}
