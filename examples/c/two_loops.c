// Two loops, one after the other: what the first one leaves is what the second one needs.
#include <assert.h>

void there_and_back(int n) {
  if (n < 0) return;
  int up = 0;
  while (up < n) {
    up++;
  }
  int down = up;
  int steps = 0;
  while (down > 0) {
    down--;
    steps++;
  }
  assert(steps == n);
}
