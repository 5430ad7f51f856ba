// Half annotated: what the author wrote is kept, proved again, and completed in its own style.

/*@ requires 0 <= start <= end;
  @ ensures \result == end - start;
  @*/
int distance(int start, int end)
{
    int steps = 0;
    int at = start;
    /*@ loop invariant start <= at;
      @ loop assigns at, steps;
      @*/
    while (at < end) {
        at++;
        steps++;
    }
    return steps;
}
