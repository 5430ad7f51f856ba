int main() {
  int t = 20, heat = 0, low = 15, high = 25, ticks = 0, on = 0, off = 0;
  while (unknown()) {
    if (heat == 1) { t = t + 1; on = on + 1; if (t >= high) heat = 0; }
    else { t = t - 1; off = off + 1; if (t <= low) heat = 1; }
    ticks = ticks + 1;
  }
  assert(t >= 15 && t <= 25);
  assert(t == 20 + on - off);
  assert(ticks == on + off);
}
