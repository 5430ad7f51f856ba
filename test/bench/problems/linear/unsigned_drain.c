int main() {
  unsigned int a = unknown(), b = unknown(), c = 0;
  assume(a <= 1000 && b <= 1000);
  unsigned int s = a + b;
  while (a > 0 || b > 0) {
    if (a > 0 && (b == 0 || unknown())) { a--; } else { b--; }
    c++;
  }
  assert(c == s);
}
