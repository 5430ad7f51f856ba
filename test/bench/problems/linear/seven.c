int main() {
  int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = unknown();
  while (f < g) {
    if (unknown()) { a = a + 1; b = b + 1; }
    else { if (a > b) { c = c + 1; } else { d = d + 1; } }
    e = a + d;
    f = f + 1;
  }
  assert(a == b);
  assert(c == 0);
  assert(g <= 0 || e == f);
}
