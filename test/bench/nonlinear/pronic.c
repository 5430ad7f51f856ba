int main() {
  int n = unknown(), i = 0, s = 0;
  assume(n >= 0);
  while (i < n) { i = i + 1; s = s + 2 * i; }
  assert(s == n * n + n);
}
