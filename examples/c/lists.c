// A list in an array: each cell holds the index of the next one, and -1 ends it.
/*@ requires n >= 0 && \valid_read(next + (0 .. n - 1));
  @ requires \forall integer k; 0 <= k < n ==> -1 <= next[k] < n;
  @ requires -1 <= first < n;
  @ assigns \nothing;
  @ ensures -1 <= \result < n;
  @ ensures \result >= 0 ==> next[\result] == -1;
  @*/
int last_cell(const int *next, int n, int first) {
  int at = first;
  while (at >= 0 && next[at] >= 0) at = next[at];
  return at;
}

/*@ requires n >= 0 && \valid_read(next + (0 .. n - 1)) && \valid_read(key + (0 .. n - 1));
  @ requires \forall integer k; 0 <= k < n ==> -1 <= next[k] < n;
  @ requires -1 <= first < n;
  @ assigns \nothing;
  @ ensures \result == -1 || (0 <= \result < n && key[\result] == wanted);
  @*/
int find_key(const int *next, const int *key, int n, int first, int wanted) {
  int at = first;
  while (at != -1) {
    if (key[at] == wanted) return at;
    at = next[at];
  }
  return -1;
}

/*@ requires n >= 0 && \valid(next + (0 .. n - 1));
  @ assigns next[0 .. n - 1];
  @ ensures \forall integer k; 0 <= k < n ==> -1 <= next[k] < n;
  @*/
void chain(int *next, int n) {
  for (int i = 0; i < n; i++) next[i] = i + 1 < n ? i + 1 : -1;
}

/*@ requires n >= 1 && 0 <= used <= n && \valid(next + (0 .. n - 1));
  @ requires -1 <= *free_list < n && \valid(free_list);
  @ requires \forall integer k; 0 <= k < n ==> -1 <= next[k] < n;
  @ requires \separated(next + (0 .. n - 1), free_list);
  @ assigns *free_list;
  @ ensures -1 <= \result < n && -1 <= *free_list < n;
  @*/
int take_cell(int *next, int n, int used, int *free_list) {
  int cell = *free_list;
  if (cell >= 0) *free_list = next[cell];
  return cell;
}
