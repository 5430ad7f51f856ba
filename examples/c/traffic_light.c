// A small state machine: switch, break and a global counter.
#include <assert.h>

int changes = 0;

void traffic_light(int seconds) {
  int state = 0;
  changes = 0;
  while (seconds > 0) {
    switch (state) {
      case 0: state = 1; break;
      case 1: state = 2; break;
      case 2: state = 3; break;
      default: state = 0; break;
    }
    changes++;
    seconds--;
    if (changes >= 1000) break;
  }
  assert(state >= 0 && state <= 3);
  assert(changes <= 1000);
}
