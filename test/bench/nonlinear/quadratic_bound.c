int main() {
  int n = unknown(), x = 0, i = 0;
  assume(n >= 0);
  while (i < n) { if (unknown()) x = x + i; i = i + 1; }
  assert(2 * x <= n * n);
}
