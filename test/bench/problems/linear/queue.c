int main() {
  int head = 0, tail = 0, size = 0, cap = unknown(), put = 0, got = 0;
  assume(cap > 0);
  while (unknown()) {
    if (unknown()) {
      if (size < cap) { size = size + 1; put = put + 1; tail = tail + 1; if (tail == cap) tail = 0; }
    } else {
      if (size > 0) { size = size - 1; got = got + 1; head = head + 1; if (head == cap) head = 0; }
    }
  }
  assert(put - got == size);
  assert(0 <= size && size <= cap);
  assert(0 <= tail && tail < cap);
  assert(0 <= head && head < cap);
}
