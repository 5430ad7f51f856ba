// Arithmetic that stays within bounds: saturating, modular, and by halves.
#define TOP 255

/*@ requires 0 <= x <= TOP && 0 <= y <= TOP;
  @ assigns \nothing;
  @ ensures 0 <= \result <= TOP;
  @ ensures x + y <= TOP ==> \result == x + y;
  @*/
unsigned char add_bytes(unsigned char x, unsigned char y) {
  unsigned int sum = x + y;
  return sum > TOP ? TOP : sum;
}

/*@ requires n >= 0 && \valid(a + (0 .. n - 1));
  @ assigns a[0 .. n - 1];
  @ ensures \forall integer k; 0 <= k < n ==> a[k] >= by || a[k] == TOP;
  @*/
void brighten(unsigned char *a, int n, unsigned char by) {
  for (int i = 0; i < n; i++) {
    unsigned int sum = a[i] + by;
    if (sum > TOP) sum = TOP;
    a[i] = sum;
  }
}

/*@ requires 1 <= m <= 10000 && 0 <= x < m && 0 <= n;
  @ assigns \nothing;
  @ ensures 0 <= \result < m;
  @*/
int times_mod(int x, int n, int m) {
  int r = 0;
  for (int i = 0; i < n; i++) r = (r + x) % m;
  return r;
}

/*@ requires 1 <= n;
  @ assigns \nothing;
  @ ensures 0 <= \result <= 31;
  @*/
int bits_of(unsigned int n) {
  int bits = 0;
  while (n > 1) {
    n = n / 2;
    bits++;
  }
  return bits;
}

/*@ requires 0 <= n && \valid_read(a + (0 .. n - 1));
  @ assigns \nothing;
  @ ensures 0 <= \result < 65521;
  @*/
unsigned int checksum(const unsigned char *a, int n) {
  unsigned int sum = 1;
  for (int i = 0; i < n; i++) sum = (sum + a[i]) % 65521;
  return sum;
}
