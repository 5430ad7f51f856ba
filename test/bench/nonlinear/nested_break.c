int main() {
  int n = unknown(), i = 0, j = 0, c = 0, f = 0;
  assume(n > 0);
  while (i < n) {
    j = 0;
    while (j < i) { if (unknown()) break; j++; c++; }
    if (j == i) f++;
    i++;
  }
  assert(f <= n && 2 * c <= n * n);
}
