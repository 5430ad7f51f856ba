// State machines, a ring buffer, globals.
enum light { RED, GREEN, YELLOW };

/*@ requires state == RED || state == GREEN || state == YELLOW;
  @ assigns \nothing;
  @ ensures \result == RED || \result == GREEN || \result == YELLOW;
  @ ensures \result != state;
  @*/
int next_light(int state) {
  switch (state) {
    case RED:
      return GREEN;
    case GREEN:
      return YELLOW;
    default:
      return RED;
  }
}

/*@ requires 0 <= steps;
  @ assigns \nothing;
  @ ensures RED <= \result <= YELLOW;
  @*/
int light_after(int steps) {
  int state = RED;
  while (steps > 0) {
    state = next_light(state);
    steps--;
  }
  return state;
}

#define SIZE 8
int buffer[SIZE];
int head;
int count;

/*@ requires 0 <= head < SIZE && 0 <= count < SIZE;
  @ assigns buffer[0 .. SIZE - 1], count;
  @ ensures count == \old(count) + 1 && buffer[(head + \old(count)) % SIZE] == x;
  @*/
void push(int x) {
  buffer[(head + count) % SIZE] = x;
  count++;
}

/*@ requires 0 <= head < SIZE && 0 < count <= SIZE;
  @ assigns head, count;
  @ ensures 0 <= head < SIZE && count == \old(count) - 1 && \result == buffer[\old(head)];
  @*/
int pop(void) {
  int x = buffer[head];
  head = (head + 1) % SIZE;
  count--;
  return x;
}

int ticks;

/*@ assigns ticks; ensures ticks == \old(ticks) + 1; */
void tick(void) { ticks++; }

/*@ requires n >= 0; assigns ticks; ensures ticks == \old(ticks) + n; */
void tick_often(int n) {
  for (int i = 0; i < n; i++) tick();
}
