// Fibonacci numbers do not decrease: an invariant that relates both numbers.
#include <assert.h>

/*@ requires n >= 0;
    ensures \result >= 0; */
int fibonacci(int n) {
  int a = 0, b = 1;
  for (int i = 0; i < n; i++) {
    int next = a + b;
    a = b;
    b = next;
    assert(a <= b);
  }
  return a;
}
