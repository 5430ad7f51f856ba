int main() {
  int a = 0, b = 1, t, s = 1, n = unknown(), i = 0;
  while (i < n) { t = a + b; a = b; b = t; s = -s; i++; }
  assert(b * b - a * b - a * a == s);
}
