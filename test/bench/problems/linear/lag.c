int main() {
  int a = 0, b = 0, c = 0, n = unknown();
  while (a < n) { c = b; b = a; a = a + 1; }
  assert(n < 2 || b == a - 1);
  assert(n < 3 || c == a - 2);
}
