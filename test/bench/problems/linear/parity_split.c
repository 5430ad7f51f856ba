int main() {
  int n = unknown(), i = 0, even = 0, odd = 0;
  assume(n >= 0);
  while (i < n) {
    if (i % 2 == 0) even = even + 1; else odd = odd + 1;
    i = i + 1;
  }
  assert(even + odd == n);
  assert(even - odd == 0 || even - odd == 1);
}
