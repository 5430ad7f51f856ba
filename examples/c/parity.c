// The benchmark dialect: an even number stays even.
int main() {
  int x;
  assume(x % 2 == 0);
  assume(x >= 0);
  while (unknown()) {
    x = x + 4;
  }
  assert(x % 2 == 0);
}
