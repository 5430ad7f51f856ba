int main() {
  int f = 0, g = 1, l = 2, m = 1, n = unknown(), i = 0, t;
  assume(n >= 0);
  while (i < n) { t = f + g; f = g; g = t; t = l + m; l = m; m = t; i++; }
  assert(l == 2 * g - f);
  assert(l * l - 5 * f * f == 4 || l * l - 5 * f * f == -4);
}
