/* Tables of fixed size, limits of the standard headers. */
#include <limits.h>

unsigned char table[256];

/*@ assigns table[0 .. 255];
    ensures \forall integer i; 0 <= i < 256 ==> table[i] == i;
*/
void identity_table(void) {
  for (int i = 0; i < 256; i++)
    table[i] = (unsigned char)i;
}

/*@ requires n >= 0 && \valid_read(a + (0 .. n-1)) && \valid(h + (0 .. 9));
    requires \separated(a + (0 .. n-1), h + (0 .. 9));
    requires \forall integer i; 0 <= i < n ==> 0 <= a[i] < 10;
    assigns h[0 .. 9];
    ensures \forall integer k; 0 <= k < 10 ==> 0 <= h[k] <= n;
*/
void histogram(const int *a, int n, int *h) {
  for (int k = 0; k < 10; k++) h[k] = 0;
  for (int i = 0; i < n; i++) h[a[i]]++;
}

/*@ requires n >= 0 && \valid(a + (0 .. n-1));
    requires \forall integer i; 0 <= i < n ==> a[i] < INT_MAX;
    assigns a[0 .. n-1];
    ensures \forall integer i; 0 <= i < n ==> a[i] == \old(a[i]) + 1;
*/
void increase_all(int *a, int n) {
  for (int i = 0; i < n; i++)
    a[i] = a[i] + 1;
}
