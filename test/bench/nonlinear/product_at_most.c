int main() {
  int a = unknown(), b = unknown(), i = 0, x = 0;
  assume(a >= 0 && b >= 0);
  while (i < a) { if (unknown()) x += b; i++; }
  assert(x <= a * b);
}
