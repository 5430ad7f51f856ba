int main() {
  int i = 0, a = 0, b = 0, c = 0, n = unknown();
  assume(n >= 0);
  while (i < n) {
    if (unknown()) { a = a + 1; b = b + 2; }
    else if (unknown()) { b = b + 1; c = c + 3; a = a + 2; }
    else { c = c + 1; a = a - 1; b = b - 2; }
    i = i + 1;
  }
  assert(i == n);
  assert(6 * a - 3 * b - 3 * c == 0 || 2 * a - b - c <= 9 * i);
}
