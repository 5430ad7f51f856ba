int main() {
  int a = unknown(), z = unknown(), k = unknown(), x, y = 1, c = 1;
  x = a;
  while (c < k) { c = c + 1; x = x * z + a; y = y * z; }
  assert(z * x - x + a - a * z * y == 0);
}
