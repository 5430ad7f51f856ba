#include <stddef.h>

/*@ requires \valid_read(s + (0 .. n - 1));
    assigns \nothing;
    ensures \result <= n; */
size_t zeros(const unsigned char *s, size_t n) {
  const unsigned char *p = s;
  size_t count = 0;
  for (size_t i = 0; i < n; i++) {
    if (*(p + i) == 0) count++;
  }
  return count;
}

/*@ requires \valid_read(s + (0 .. n - 1)) && n >= 0;
    assigns \nothing; */
int checksum(const int *s, int n) {
  const unsigned char *p = (const unsigned char *)s;
  unsigned sum = 0;
  for (int i = 0; i < n; i++) sum += p[i];
  return sum > 0;
}
