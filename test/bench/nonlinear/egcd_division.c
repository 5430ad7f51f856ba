int main() {
  int x = unknown(), y = unknown(), a, b, p = 1, q = 0, r = 0, s = 1, k, c, t;
  assume(x >= 1 && y >= 1);
  a = x; b = y;
  while (b != 0) {
    k = 0; c = a;
    while (c >= b) { c = c - b; k = k + 1; }
    a = b; b = c;
    t = p; p = q; q = t - q * k;
    t = r; r = s; s = t - s * k;
  }
  assert(a == p * x + r * y);
}
