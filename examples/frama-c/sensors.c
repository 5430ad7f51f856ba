/* The structure is a header's, found by -I include; its array's length is -D CHANNELS=8. */
#include "sensor.h"

/*@ requires \valid(s);
    assigns s->value[0 .. CHANNELS - 1];
    ensures \forall integer k; 0 <= k < CHANNELS ==> s->value[k] == 0; */
void reset(struct sensor *s) {
  for (int i = 0; i < CHANNELS; i++) s->value[i] = 0;
}
