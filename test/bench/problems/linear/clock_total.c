int main() {
  int s = 0, m = 0, ticks = 0;
  while (unknown()) {
    s = s + 1; ticks = ticks + 1;
    if (s == 60) { s = 0; m = m + 1; }
  }
  assert(ticks == 60 * m + s);
  assert(s < 60);
}
