// The greatest common divisor by subtraction: that it is positive and no larger than either number.

/*@ requires a > 0 && b > 0;
  @ assigns \nothing;
  @ ensures 0 < \result <= a;
  @ ensures \result <= b;
  @*/
int gcd(int a, int b)
{
	while (a != b) {
		if (a > b)
			a -= b;
		else
			b -= a;
	}
	return a;
}
