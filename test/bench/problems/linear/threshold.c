int main() {
  int x = 0, y = 0, z = 200;
  while (x < 200) {
    if (x < 50) y = y + 2;
    else if (x < 100) y = y - 1;
    else z = z - 1;
    x = x + 1;
  }
  assert(y == 50);
  assert(z == 100);
}
