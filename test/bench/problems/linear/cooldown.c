int main() {
  int cd = 0, shots = 0, t = 0, heat = 0;
  while (unknown()) {
    t++;
    if (cd == 0 && unknown()) { shots++; cd = 3; heat = heat + 2; }
    else { if (cd > 0) cd--; if (heat > 0) heat--; }
  }
  assert(cd >= 0 && cd <= 3);
  assert(4 * shots <= t + 3);
  assert(heat >= 0);
}
