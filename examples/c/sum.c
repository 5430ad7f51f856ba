// The sum of the numbers below n: a contract with a bound that needs a relation between the loop's variables.

/*@ requires n >= 1;
    assigns \nothing;
    ensures \result >= n - 1;
*/
int sum_below(int n)
{
    int sum = 0;
    int i = 0;
    while (i < n) {
        sum = sum + i;
        i = i + 1;
    }
    return sum;
}
