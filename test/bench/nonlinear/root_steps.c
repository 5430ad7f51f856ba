int main() {
  int n = unknown(), r = 0;
  assume(n >= 0);
  while ((r + 1) * (r + 1) <= n) r = r + 1;
  assert(r * r <= n);
  assert(n < (r + 1) * (r + 1));
}
