int main() {
  int x = 0, y = 0, z = 0;
  while (x < 1000003) {
    x++;
    if (x <= 250000) { y++; }
    else if (x <= 750000) { z++; }
    else { y--; }
    if (unknown() && y > 300000) y = 0;
  }
  assert(z == 500000);
}
