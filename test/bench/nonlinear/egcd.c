/* Bezout's coefficients by subtraction. */
int main() {
  int x = unknown(), y = unknown(), a, b, p = 1, q = 0, r = 0, s = 1;
  assume(x >= 1 && y >= 1);
  a = x; b = y;
  while (a != b) {
    if (a > b) { a = a - b; p = p - q; r = r - s; }
    else { b = b - a; q = q - p; s = s - r; }
  }
  assert(a == p * x + r * y);
  assert(b == q * x + s * y);
}
