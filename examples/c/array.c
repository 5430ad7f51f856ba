// Beyond the front end: floating point comes later. The message names the place; the other function is proved all the same.
#include <assert.h>

int sum_of(double *values, int count) {
  double total = 0;
  for (int i = 0; i < count; i++) {
    total += values[i];
  }
  return (int)total;
}

int last_index(int count) {
  int i = 0;
  while (i < count) {
    i++;
  }
  if (count >= 0) assert(i == count);
  return i;
}
