// The benchmark dialect: two counters in step, however often the loop runs.
int main() {
  int x = 0;
  int y = 0;
  while (unknown()) {
    x = x + 2;
    y = y + 6;
  }
  assert(y == 3 * x);
  return 0;
}
