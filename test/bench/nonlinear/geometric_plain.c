int main() {
  int z = unknown(), k = unknown(), x = 1, y = z, c = 1;
  while (c < k) { c = c + 1; x = x + y; y = y * z; }
  assert(x * z - x - y + 1 == 0);
}
