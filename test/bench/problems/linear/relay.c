int main() {
  int a = 0, b = 0, c = 0, d = 0, who = 0, n = unknown(), k = 0, laps = 0;
  while (k < n) {
    if (who == 0) { a++; who = 1; }
    else if (who == 1) { b++; who = 2; }
    else if (who == 2) { c++; who = 3; }
    else { d++; who = 0; laps++; }
    k++;
  }
  assert(a >= b && b >= c && c >= d && a <= d + 1);
  assert(laps == d);
}
