/* The hunter is twice as fast and never passes. */
int main() {
  int prey = unknown(), hunter = 0, gap, steps = 0, start;
  assume(prey > 0);
  start = prey; gap = prey;
  while (gap > 1) {
    prey = prey + 1; hunter = hunter + 2; gap = gap - 1; steps = steps + 1;
  }
  assert(prey - hunter == gap);
  assert(gap + steps == start);
  assert(gap == 1);
}
