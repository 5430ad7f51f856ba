// The Collatz sequence, cut off after a hundred steps: nobody knows whether it ends, but the number stays positive.

/*@ requires n >= 1;
  @ assigns \nothing;
  @ ensures 0 <= \result <= 100;
  @*/
int collatz_steps(int n)
{
    int steps = 0;
    while (n != 1 && steps < 100) {
        if (n % 2 == 0) {
            n = n / 2;
        } else {
            n = 3 * n + 1;
        }
        //@ assert n >= 1;
        steps++;
    }
    return steps;
}
