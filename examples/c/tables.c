/* Tables of fixed size, rows of matrices, limits of the standard headers. */
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

/*@ requires \valid_read(&a[0 .. 3][0 .. 4]);
    requires \valid(&b[0 .. 4][0 .. 3]);
    requires \separated(a + (0 .. 3), b + (0 .. 4));
    assigns b[0 .. 4][0 .. 3];
    ensures \forall int i, j; 0 <= i < 4 && 0 <= j < 5 ==> b[j][i] == a[i][j];
*/
void transpose(int a[4][5], int b[5][4]) {
  int i, j;
  for (i = 0; i < 4; i++) {
    for (j = 0; j < 5; j++) {
      b[j][i] = a[i][j];
    }
  }
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
