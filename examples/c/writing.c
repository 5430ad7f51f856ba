// Writing arrays: what was written is there, what was not is as before.
/*@ requires n >= 0 && \valid(a + (0 .. n - 1));
  @ assigns a[0 .. n - 1];
  @ ensures \forall integer k; 0 <= k < n ==> a[k] == 0;
  @*/
void clear(int *a, int n) {
  for (int i = 0; i < n; i++) a[i] = 0;
}

/*@ requires n >= 0 && \valid_read(from + (0 .. n - 1)) && \valid(to + (0 .. n - 1));
  @ requires \separated(from + (0 .. n - 1), to + (0 .. n - 1));
  @ assigns to[0 .. n - 1];
  @ ensures \forall integer k; 0 <= k < n ==> to[k] == from[k];
  @*/
void copy(const int *from, int *to, int n) {
  for (int i = 0; i < n; i++) to[i] = from[i];
}

/*@ requires n >= 0 && \valid(a + (0 .. n - 1));
  @ assigns a[0 .. n - 1];
  @ ensures \forall integer k; 0 <= k < n ==> a[k] == k;
  @*/
void count_up(int *a, int n) {
  int i = 0;
  while (i < n) {
    a[i] = i;
    i = i + 1;
  }
}

/*@ requires n >= 0 && \valid(a + (0 .. n - 1));
  @ assigns a[0 .. n - 1];
  @ ensures \forall integer k; 0 <= k < n ==> a[k] == \old(a[k]) + 1;
  @*/
void increment_all(int *a, int n) {
  for (int i = 0; i < n; i++) a[i] = a[i] + 1;
}

/*@ requires n >= 0 && \valid(a + (0 .. n - 1));
  @ assigns a[0 .. n - 1];
  @ ensures \forall integer k; 0 <= k < n ==> a[k] == \old(a[n - 1 - k]);
  @*/
void reverse(int *a, int n) {
  int i = 0, j = n - 1;
  while (i < j) {
    int kept = a[i];
    a[i] = a[j];
    a[j] = kept;
    i++;
    j--;
  }
}

/*@ requires n >= 0 && \valid(a + (0 .. n - 1));
  @ assigns a[0 .. n - 1];
  @ ensures \forall integer k; 0 <= k < n ==> a[k] >= 0;
  @*/
void clamp_below(int *a, int n) {
  for (int i = 0; i < n; i++)
    if (a[i] < 0) a[i] = 0;
}

/*@ requires n >= 0 && \valid(a + (0 .. n - 1)); assigns a[0 .. n - 1]; */
void clear_one_too_many(int *a, int n) {
  for (int i = 0; i <= n; i++) a[i] = 0;
}
