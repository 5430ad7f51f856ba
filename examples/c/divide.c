// Division by subtraction with the equation between quotient and remainder, which multiplies two variables.
#include <assert.h>

/*@ requires a >= 0 && b > 0;
  @ assigns \nothing;
  @*/
int divide(int a, int b) {
  int q = 0;
  int r = a;
  while (r >= b) {
    r = r - b;
    q++;
  }
  assert(q * b + r == a);
  assert(r < b);
  return q;
}
