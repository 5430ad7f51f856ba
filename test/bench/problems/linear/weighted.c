int main() {
  int a = 0, b = 0, c = 0, d = 0;
  while (unknown()) {
    if (unknown()) { a = a + 3; c = c + 1; }
    else if (unknown()) { b = b + 2; c = c + 1; d = d + 1; }
    else { c = c + 1; }
  }
  assert(2 * a + 3 * b <= 6 * c);
  assert(2 * d == b);
  assert(!(a == 3 && b == 2) || c >= 2);
}
