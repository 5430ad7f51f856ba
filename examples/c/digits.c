// How many decimal digits a number has: at least one, and division by ten keeps the rest in range.
#include <assert.h>

/*@ requires n >= 0;
  @ assigns \nothing;
  @ ensures \result >= 1;
  @*/
int digits(int n)
{
    int count = 1;
    while (n >= 10) {
        n = n / 10;
        count++;
    }
    assert(0 <= n && n <= 9);
    return count;
}
