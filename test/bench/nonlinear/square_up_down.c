int main() {
  int n = unknown(), i = 0, s = 0;
  assume(n >= 0);
  while (i < n) { i++; s = s + i; }
  while (i > 0) { i--; s = s + i; }
  assert(s == n * n);
}
