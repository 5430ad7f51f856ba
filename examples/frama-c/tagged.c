/* Members of a union share their bytes; WP's memory model keeps them apart. So nothing is proved here. */

union number {
  int whole;
  float real;
};

/*@ requires 0 <= n && \valid(p + (0 .. n - 1));
    ensures n > 0 ==> p[0].whole == 1; */
void set_all(union number *p, int n) {
  for (int i = 0; i < n; i++) {
    p[i].whole = 1;
    p[i].real = 0.0f;
  }
}
