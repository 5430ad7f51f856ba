int main() {
  int a = 1, b = 0, c = 0, d = 1, n = unknown(), i = 0, t, u;
  while (i < n) { t = a + b; u = c + d; b = a; d = c; a = t; c = u; i++; }
  assert(a * d - b * c == 1 || a * d - b * c == -1);
}
