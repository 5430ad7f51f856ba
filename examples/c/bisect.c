// Bisection between two bounds, with the question left open: the interval shrinks and stays where it was.

extern int __VERIFIER_nondet_int(void);

/*@ requires n >= 0;
  @ assigns \nothing;
  @ ensures 0 <= \result <= n;
  @*/
int bisect(int n)
{
	int low = 0, high = n;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (__VERIFIER_nondet_int())
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
