/* False: the last round goes one too far. */
int main() {
  int i = 0, j = 10, n = unknown(), m = 0;
  assume(n >= 12);
  while (i < n) { i = i + 1; if (i > 11) m = m + 1; if (m > 0) j = j - 1; }
  assert(j >= 0 || i < 25);
}
