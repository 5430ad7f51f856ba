// Beyond the front end: arrays and pointers come later. The message names the place; the other function is proved all the same.
#include <assert.h>

int sum_of(int *values, int count) {
  int total = 0;
  for (int i = 0; i < count; i++) {
    total += values[i];
  }
  return total;
}

int last_index(int count) {
  int i = 0;
  while (i < count) {
    i++;
  }
  if (count >= 0) assert(i == count);
  return i;
}
