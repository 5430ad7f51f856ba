// A false assertion: the loop runs once too often. The answer is a run that shows it.
#include <assert.h>

int count_to(int limit) {
  if (limit < 1) return 0;
  int i = 0;
  while (i <= limit) {
    i++;
  }
  assert(i == limit);
  return i;
}
