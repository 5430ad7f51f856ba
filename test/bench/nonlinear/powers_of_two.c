int main() {
  int n = unknown(), i = 0, p = 1, s = 0;
  assume(n >= 0);
  while (i < n) { s = s + p; p = 2 * p; i = i + 1; }
  assert(s == p - 1);
}
