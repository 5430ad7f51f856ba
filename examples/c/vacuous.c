// A contract that nobody can meet. Anything could be "proved" of it; the honest answer is unknown.

/*@ requires n > 0 && n < 0;
  @ ensures \result == 42;
  @*/
int never_called(int n) {
  int i = 0;
  while (i < n) {
    i++;
  }
  return i;
}
