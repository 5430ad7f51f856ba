int main() {
  int x = unknown(), y = unknown(), a, b, p = 1, q = 0;
  assume(x >= 1 && y >= 1);
  a = x; b = y;
  while (a != 0 && b != 0) {
    if (a % 2 == 0 && b % 2 == 0) { a = a / 2; b = b / 2; p = 4 * p; }
    else if (a % 2 == 1 && b % 2 == 0) { a = a - 1; q = q + b * p; }
    else if (a % 2 == 0 && b % 2 == 1) { b = b - 1; q = q + a * p; }
    else { a = a - 1; b = b - 1; q = q + (a + b + 1) * p; }
  }
  assert(q + a * b * p == x * y);
}
