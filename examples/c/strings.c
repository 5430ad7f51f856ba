// Strings: memory that ends in a zero, somewhere within its length.
/*@ requires n >= 0 && \valid_read(s + (0 .. n)) && s[n] == 0;
  @ assigns \nothing;
  @ ensures 0 <= \result <= n && s[\result] == 0;
  @ ensures \forall integer k; 0 <= k < \result ==> s[k] != 0;
  @*/
int length_of(const char *s, int n) {
  int i = 0;
  while (s[i] != 0) i++;
  return i;
}

/*@ requires n >= 0 && \valid_read(s + (0 .. n)) && \valid_read(t + (0 .. n)) && s[n] == 0 && t[n] == 0;
  @ assigns \nothing;
  @ ensures \result == 0 || \result == 1;
  @ ensures \result == 1 ==> \exists integer k; 0 <= k <= n && s[k] == 0 && t[k] == 0;
  @*/
int same_text(const char *s, const char *t, int n) {
  int i = 0;
  while (s[i] != 0 && s[i] == t[i]) i++;
  return s[i] == t[i];
}

/*@ requires n >= 0 && \valid_read(s + (0 .. n)) && \valid(t + (0 .. n)) && s[n] == 0;
  @ requires \separated(s + (0 .. n), t + (0 .. n));
  @ assigns t[0 .. n];
  @ ensures \exists integer k; 0 <= k <= n && t[k] == 0;
  @*/
void copy_text(const char *s, char *t, int n) {
  int i = 0;
  while (s[i] != 0) {
    t[i] = s[i];
    i++;
  }
  t[i] = 0;
}

/*@ requires n >= 0 && \valid(s + (0 .. n - 1));
  @ assigns s[0 .. n - 1];
  @ ensures \forall integer k; 0 <= k < n ==> !('a' <= s[k] <= 'z');
  @*/
void upper_case(char *s, int n) {
  for (int i = 0; i < n; i++)
    if ('a' <= s[i] && s[i] <= 'z') s[i] = s[i] - 'a' + 'A';
}

/*@ requires n >= 0 && \valid_read(s + (0 .. n - 1));
  @ assigns \nothing;
  @ ensures -1 <= \result < n;
  @ ensures \result >= 0 ==> s[\result] == c;
  @ ensures \result == -1 ==> \forall integer k; 0 <= k < n ==> s[k] != c;
  @*/
int last_place_of(const char *s, int n, char c) {
  int place = -1;
  for (int i = 0; i < n; i++)
    if (s[i] == c) place = i;
  return place;
}
