/* False for n = 1. */
int main() {
  int n = unknown(), i = 0, s = 0;
  assume(n >= 0);
  while (i < n) { s = s + 2 * i; i = i + 1; }
  assert(s == n * n);
}
