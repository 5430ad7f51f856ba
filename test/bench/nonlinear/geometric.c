int main() {
  int z = unknown(), k = unknown(), x = 1, y = 1, c = 1;
  assume(z >= 1 && k >= 1);
  while (c < k) { c = c + 1; x = x * z + 1; y = y * z; }
  assert(x * z - x - y * z + 1 == 0);
}
