// Unsigned numbers: counting down ends at zero and does not wrap around.

/*@ assigns \nothing;
  @ ensures \result == 0;
  @*/
unsigned int countdown(unsigned int n) {
  while (n > 0) {
    n = n - 1;
  }
  return n;
}
