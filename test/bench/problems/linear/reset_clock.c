int main() {
  int s = 0, m = 0, h = 0, ticks = 0;
  while (unknown()) {
    s = s + 1; ticks = ticks + 1;
    if (s == 60) { s = 0; m = m + 1; if (m == 60) { m = 0; h = h + 1; if (h == 24) h = 0; } }
  }
  assert(0 <= s && s < 60 && 0 <= m && m < 60 && 0 <= h && h < 24);
}
