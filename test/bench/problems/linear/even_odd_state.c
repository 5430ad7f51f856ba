int main() {
  int s = 0, x = 0, y = 0, n = unknown(), i = 0;
  while (i < n) {
    if (s == 0) { s = 1; x = x + 1; }
    else if (s == 1) { s = 2; y = y + 1; }
    else { s = 0; }
    i = i + 1;
  }
  assert(x >= y);
  assert(x <= y + 1);
}
