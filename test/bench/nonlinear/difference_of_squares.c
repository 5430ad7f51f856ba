int main() {
  int a = unknown(), b = unknown(), s, d, i = 0;
  assume(a >= b && b >= 0);
  s = 0;
  d = b;
  while (d < a) { s = s + 2 * d + 1; d = d + 1; }
  assert(s == a * a - b * b);
}
