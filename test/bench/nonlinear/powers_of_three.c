int main() {
  int n = unknown(), i = 0, p = 1, s = 0;
  assume(n >= 0);
  while (i < n) { s = s + p; p = 3 * p; i = i + 1; }
  assert(2 * s == p - 1);
}
