int main() {
  int n = unknown(), root = unknown(), u, v, r;
  assume(n >= 1 && (root - 1) * (root - 1) < n && root * root >= n && n % 2 == 1);
  u = 2 * root + 1; v = 1; r = root * root - n;
  while (r != 0) {
    if (r > 0) { r = r - v; v = v + 2; }
    else { r = r + u; u = u + 2; }
  }
  assert(4 * n == u * u - v * v - 2 * u + 2 * v);
}
