int main() {
  int a = unknown(), b = unknown(), c = unknown(), d = unknown(), x = unknown(), h, i = 0;
  h = a;
  while (i < 3) {
    if (i == 0) h = h * x + b;
    else if (i == 1) h = h * x + c;
    else h = h * x + d;
    i++;
  }
  assert(h == a * x * x * x + b * x * x + c * x + d);
}
