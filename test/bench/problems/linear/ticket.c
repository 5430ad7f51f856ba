/* A ticket lock: the number served never passes the next to be given. */
int main() {
  int next = 0, serving = 0, inside = 0, waiting = 0;
  while (unknown()) {
    if (unknown()) { next = next + 1; waiting = waiting + 1; }
    else if (waiting > 0 && inside == 0) { inside = 1; waiting = waiting - 1; }
    else if (inside == 1) { inside = 0; serving = serving + 1; }
  }
  assert(serving <= next);
  assert(next == serving + waiting + inside);
}
