/*@ requires n >= 0; */
void dutch(int n) {
  int lo = 0, mid = 0, hi = n, r = 0, w = 0, b = 0;
  while (mid < hi) {
    int c = unknown();
    if (c == 0) { lo++; mid++; r++; }
    else if (c == 1) { mid++; w++; }
    else { hi--; b++; }
  }
  //@ assert r + w + b == n;
  //@ assert r == lo && b == n - hi;
  //@ assert lo <= mid && mid == hi;
}
