int main() {
  int floor = 0, top = 9, dir = 1, people = 0, trips = 0, in = 0, out = 0;
  while (unknown()) {
    if (unknown() && people < 6) { people = people + 1; in = in + 1; }
    else if (unknown() && people > 0) { people = people - 1; out = out + 1; }
    else {
      if (dir == 1) { if (floor < top) floor = floor + 1; else { dir = -1; trips = trips + 1; } }
      else { if (floor > 0) floor = floor - 1; else { dir = 1; trips = trips + 1; } }
    }
  }
  assert(in == out + people);
  assert(people >= 0 && people <= 6);
  assert(floor >= 0 && floor <= top);
  assert(trips >= 0);
}
