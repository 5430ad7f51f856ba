// A state machine with a counter that stays within bounds.
enum state { IDLE, OPENING, OPEN, CLOSED };

enum state state;
int tries;

/*@ requires IDLE <= state <= CLOSED && 0 <= tries <= 3;
  @ assigns state, tries;
  @ ensures IDLE <= state <= CLOSED && 0 <= tries <= 3;
  @*/
void advance(int answered) {
  switch (state) {
    case IDLE:
      state = OPENING;
      tries = 1;
      break;
    case OPENING:
      if (answered) state = OPEN;
      else if (tries < 3) tries++;
      else state = CLOSED;
      break;
    case OPEN:
      if (!answered) state = CLOSED;
      break;
    default:
      break;
  }
}

/*@ requires n >= 0 && \valid_read(answers + (0 .. n - 1));
  @ assigns state, tries;
  @ ensures IDLE <= state <= CLOSED && 0 <= tries <= 3;
  @*/
void run_protocol(const int *answers, int n) {
  state = IDLE;
  tries = 0;
  for (int i = 0; i < n; i++) advance(answers[i]);
}

/*@ requires n >= 0 && \valid_read(text + (0 .. n - 1));
  @ assigns \nothing;
  @ ensures \result >= 0;
  @ ensures \result <= n;
  @*/
int count_words(const char *text, int n) {
  int inside = 0;
  int words = 0;
  for (int i = 0; i < n; i++) {
    if (text[i] == ' ') inside = 0;
    else if (!inside) {
      inside = 1;
      words++;
    }
  }
  return words;
}
