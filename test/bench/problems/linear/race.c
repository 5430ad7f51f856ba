/* Two counters that advance in turn; a third keeps their distance. */
int main() {
  int a = 0, b = 0, d = 0, n = unknown(), k = 0;
  assume(n >= 0);
  while (k < n) {
    if (unknown()) { a = a + 1; d = d + 1; }
    else { b = b + 1; d = d - 1; }
    k = k + 1;
  }
  assert(a + b == n);
  assert(d == a - b);
}
