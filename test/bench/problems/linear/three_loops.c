int main() {
  int n = unknown(), i = 0, j = 0, k = 0, a = 0, b = 0;
  assume(n >= 0);
  while (i < n) { i = i + 1; a = a + 3; }
  while (j < i) { j = j + 1; b = b + 2; }
  while (k < j) { k = k + 1; a = a - b + b - 1; }
  assert(a == 2 * n);
  assert(b == a);
}
