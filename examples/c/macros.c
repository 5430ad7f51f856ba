#include <limits.h>
#include <stddef.h>
#include <stdint.h>

/* Macros with arguments and conditions on values: read with the C preprocessor, which is found by itself. */

#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define IN_RANGE(x, low, high) ((low) <= (x) && (x) <= (high))
#define LIMIT 100

/*@ requires IN_RANGE(n, 0, LIMIT);
    ensures \result == MAX(n, 10); */
int at_least_ten(int n) {
  int x = 0;
  while (x < MAX(n, 10))
    x++;
  return x;
}

#if LIMIT >= UINT8_MAX
#error "the counter has eight bits"
#else
/*@ ensures \result == LIMIT; */
uint8_t count_up(void) {
  uint8_t i;
  for (i = 0; i != LIMIT; i++)
    ;
  return i;
}
#endif

/*@ ensures \result == LIMIT + 1; */
int one_too_few(void) {
  int i = 0;
  while (i < MAX(LIMIT, 1))
    ++i;
  return i;
}
