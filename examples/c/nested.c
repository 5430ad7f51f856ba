// Nested loops over the pairs i <= j < n: the inner loop needs to know what the outer one keeps.
#include <assert.h>

/*@ requires n >= 0;
  @ assigns \nothing;
  @*/
void pairs(int n)
{
    for (int i = 0; i < n; i++) {
        for (int j = i; j < n; j++) {
            assert(0 <= i && i <= j && j < n);
        }
    }
}
