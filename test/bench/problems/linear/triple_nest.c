int main() {
  int i, j, k, n = unknown(), c = 0;
  assume(n >= 0);
  for (i = 0; i < n; i++)
    for (j = i; j < n; j++)
      for (k = j; k < n; k++) { c++; assert(k >= i); assert(i + j <= j + k); }
  assert(c >= 0);
}
