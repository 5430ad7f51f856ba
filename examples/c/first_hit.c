// The place of the first hit, if there was one: the invariant is a disjunction.
#include <assert.h>

extern int __VERIFIER_nondet_int(void);

int first_hit(int n) {
  int found = 0;
  int at = -1;
  int i = 0;
  while (i < n) {
    if (!found && __VERIFIER_nondet_int()) {
      found = 1;
      at = i;
    }
    i++;
  }
  assert(!found || (0 <= at && at < n));
  return at;
}
