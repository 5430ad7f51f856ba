int main() {
  int x = unknown(), n = unknown(), p = 0, i = 0, q = 1;
  assume(n >= 0);
  while (i < n) { p = p * x + 1; q = q * x; i++; }
  assert(p * (x - 1) == q - 1);
}
