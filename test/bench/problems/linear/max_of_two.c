int main() {
  int x = unknown(), y = unknown(), m, c = 0;
  if (x > y) m = x; else m = y;
  while (x < m || y < m) {
    if (x < m) x = x + 1;
    else y = y + 1;
    c = c + 1;
  }
  assert(x == m && y == m);
  assert(c >= 0);
}
