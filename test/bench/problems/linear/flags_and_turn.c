int main() {
  int f1 = 0, f2 = 0, turn = 1, s1 = 0, s2 = 0;
  while (unknown()) {
    if (unknown()) {
      if (s1 == 0) { f1 = 1; s1 = 1; }
      else if (s1 == 1) { turn = 2; s1 = 2; }
      else if (s1 == 2) { if (f2 == 0 || turn == 1) s1 = 3; }
      else { f1 = 0; s1 = 0; }
    } else {
      if (s2 == 0) { f2 = 1; s2 = 1; }
      else if (s2 == 1) { turn = 1; s2 = 2; }
      else if (s2 == 2) { if (f1 == 0 || turn == 2) s2 = 3; }
      else { f2 = 0; s2 = 0; }
    }
  }
  assert(!(s1 == 3 && s2 == 3));
}
