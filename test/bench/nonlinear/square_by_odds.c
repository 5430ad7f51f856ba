/* n squared as a sum of odd numbers. */
int main() {
  int n = unknown(), i = 0, s = 0, odd = 1;
  assume(n >= 0);
  while (i < n) { s = s + odd; odd = odd + 2; i = i + 1; }
  assert(s == n * n);
}
