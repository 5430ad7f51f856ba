import type { Named } from "./named.ts";

const one = (
  name: string,
  verdict: Named["verdict"],
  text: string,
  reading: Named["reading"] = "math",
): Named => ({ name, verdict, text, reading });

/** Arrays, pointers, structures, quantifiers and calls: each function on one trait of how they are read. */
export const MEMORY: readonly Named[] = [
  one(
    "an element keeps what was stored",
    "proved",
    "int f(void) { int t[3] = {1, 2, 3}; t[1] = 7; /*@ assert t[1] == 7; */ return 0; }",
  ),
  one(
    "a store changes one element",
    "proved",
    "int f(int i) { int t[3] = {1, 2, 3}; if (0 <= i && i < 3 && i != 2) { t[i] = 7; /*@ assert t[2] == 3; */ } return 0; }",
  ),
  one(
    "a store may change any element it can reach",
    "use",
    "int f(int i) { int t[3] = {1, 2, 3}; if (0 <= i && i < 3) { t[i] = 7; /*@ assert t[2] == 3; */ } return 0; }",
  ),
  one("an index above is out of range", "use", "int f(int i) { int t[3] = {0}; return i >= 0 ? t[i] : 0; }"),
  one("an index below is out of range", "use", "int f(int i) { int t[3] = {0}; return i < 3 ? t[i] : 0; }"),
  one(
    "an index in range is fine",
    "proved",
    "int f(int i) { int t[3] = {0}; return 0 <= i && i < 3 ? t[i] : 0; }",
  ),
  one(
    "a row's index is checked too",
    "use",
    "int f(int j) { int m[2][3] = {{0}}; return 0 <= j && j <= 3 ? m[1][j] : 0; }",
  ),
  one(
    "a matrix keeps its elements apart",
    "proved",
    "int f(void) { int m[2][3] = {{0}}; m[1][0] = 5; /*@ assert m[0][0] == 0 && m[1][0] == 5 && m[1][1] == 0; */ return 0; }",
  ),
  one("a pointer without \\valid may not be read", "use", "int f(int *p) { return *p; }"),
  one(
    "\\valid_read is no permission to write",
    "use",
    "/*@ requires \\valid_read(p); */ void f(int *p) { *p = 1; }",
  ),
  one("\\valid is", "proved", "/*@ requires \\valid(p); */ void f(int *p) { *p = 1; }"),
  one(
    "\\valid covers its range and no more",
    "use",
    "/*@ requires n > 0 && \\valid(p + (0 .. n - 1)); */ void f(int *p, int n) { p[n] = 1; }",
  ),
  one(
    "\\valid covers its range",
    "proved",
    "/*@ requires n > 0 && \\valid(p + (0 .. n - 1)); */ void f(int *p, int n) { p[n - 1] = 1; }",
  ),
  one(
    "a range of no elements gives no permission",
    "use",
    "/*@ requires \\valid(p + (0 .. n - 1)); */ void f(int *p, int n) { p[0] = 1; }",
  ),
  one(
    "an element below a pointer",
    "use",
    "/*@ requires \\valid(p + (0 .. 3)); */ void f(int *p) { p[-1] = 1; }",
  ),
  one(
    "an element that nothing was stored in is not read",
    "use",
    "/*@ requires 0 <= i < 3; */ int f(int i) { int t[3]; t[0] = 1; return t[i]; }",
  ),
  one(
    "an element that something was stored in is",
    "proved",
    "/*@ requires 0 <= i < 3; */ int f(int i) { int t[3]; t[i] = 1; return t[i]; }",
  ),
  one(
    "a member that nothing was stored in is not read",
    "use",
    "struct s { int x; int y; }; int f(void) { struct s v; v.x = 1; return v.y; }",
  ),
  one(
    "members are apart",
    "proved",
    "struct s { int x; int y; }; int f(void) { struct s v; v.x = 1; v.y = 2; /*@ assert v.x == 1; */ return v.y; }",
  ),
  one(
    "members of elements are apart",
    "proved",
    "struct s { int x; int y; }; /*@ requires \\valid(p + (0 .. 1)); */ void f(struct s *p) { p[0].x = 1; p[1].x = 2; p[0].y = 3; /*@ assert p[0].x == 1 && p[1].x == 2; */ }",
  ),
  one(
    "a structure is copied as it is then",
    "use",
    "struct s { int x; }; int f(void) { struct s a = {1}; struct s b; b = a; a.x = 2; /*@ assert b.x == 2; */ return 0; }",
  ),
  one(
    "a pointer that moved is elsewhere",
    "use",
    "int f(void) { int t[2] = {1, 2}; int *p = t; p++; /*@ assert *p == 1; */ return 0; }",
  ),
  one(
    "a pointer that moved points to the next",
    "proved",
    "int f(void) { int t[2] = {1, 2}; int *p = t; p++; /*@ assert *p == 2 && p - t == 1; */ return 0; }",
  ),
  one(
    "a pointer behind the last element is not followed",
    "use",
    "int f(void) { int t[2] = {1, 2}; int *p = t + 2; return *p; }",
  ),
  one(
    "a pointer into an array sees its stores",
    "proved",
    "int f(void) { int t[2] = {1, 2}; int *p = t; t[0] = 9; /*@ assert *p == 9; */ return 0; }",
  ),
  one(
    "an old element is the one at entry",
    "proved",
    "/*@ requires \\valid(p); ensures *p == \\old(*p) + 1; */ void f(int *p) { *p = *p + 1; }",
  ),
  one(
    "an old element is not the new one",
    "use",
    "/*@ requires \\valid(p); ensures *p == \\old(*p); */ void f(int *p) { *p = *p + 1; }",
  ),
  one(
    "a formal pointer in ensures is the one at entry",
    "use",
    "/*@ requires \\valid(p + (0 .. 1)); ensures *p == 1; */ void f(int *p) { p++; *p = 1; }",
  ),
  one("a null pointer is not valid", "use", "int f(int *p) { if (p == NULL) return *p; return 0; }"),
  one(
    "a valid pointer is not null",
    "proved",
    "/*@ requires \\valid(p); */ int f(int *p) { if (p == NULL) { /*@ assert \\false; */ } return *p; }",
  ),
  one(
    "a value of a narrow type lies in it",
    "proved",
    "/*@ requires \\valid(p); */ int f(unsigned char *p) { /*@ assert 0 == 0; */ int x = *p; /*@ assert 0 <= x <= 255; */ return x; }",
  ),
  one(
    "a narrow element takes what fits",
    "use",
    "/*@ requires \\valid(p); */ void f(unsigned char *p, int x) { *p = x; /*@ assert *p == x; */ }",
    "32",
  ),
  one(
    "an element's sum may overflow",
    "use",
    "/*@ requires \\valid(p); */ int f(int *p) { return *p + 1; }",
    "32",
  ),
  one(
    "a frame of the contract",
    "use",
    "/*@ requires \\valid(p + (0 .. 3)); assigns p[0 .. 1]; */ void f(int *p) { p[2] = 1; }",
  ),
  one(
    "a frame of the contract that is kept",
    "proved",
    "/*@ requires \\valid(p + (0 .. 3)); assigns p[0 .. 2]; */ void f(int *p) { p[2] = 1; }",
  ),
  one(
    "a frame of a loop",
    "use",
    "/*@ requires \\valid(p + (0 .. 3)); */ void f(int *p, int n) { /*@ loop assigns n, p[0 .. 1]; */ while (n > 0) { p[2] = 1; n--; } }",
  ),
  one(
    "a loop forgets the array that it changes",
    "use",
    "int f(int n) { int t[2] = {1, 2}; while (n > 0) { t[0] = 5; n--; } /*@ assert t[0] == 1; */ return 0; }",
  ),
  one(
    "a loop keeps the array that it leaves alone",
    "proved",
    "int f(int n) { int t[2] = {1, 2}; while (n > 0) n--; /*@ assert t[1] == 2; */ return 0; }",
  ),
  one(
    "all of a range",
    "proved",
    "/*@ requires \\valid_read(p + (0 .. 9)) && \\forall integer k; 0 <= k < 10 ==> p[k] > 0; */ int f(int *p) { /*@ assert p[4] > 0; */ return 0; }",
  ),
  one(
    "a range ends where it says",
    "use",
    "/*@ requires \\valid_read(p + (0 .. 10)) && \\forall integer k; 0 <= k < 10 ==> p[k] > 0; */ int f(int *p) { /*@ assert p[10] > 0; */ return 0; }",
  ),
  one(
    "one of a range is not all of it",
    "use",
    "/*@ requires \\valid_read(p + (0 .. 9)) && \\exists integer k; 0 <= k < 10 && p[k] > 0; */ int f(int *p) { /*@ assert p[4] > 0; */ return 0; }",
  ),
  one(
    "one of a range is witnessed",
    "proved",
    "/*@ requires \\valid_read(p + (0 .. 9)); */ int f(int *p) { if (p[3] > 0) { /*@ assert \\exists integer k; 0 <= k < 10 && p[k] > 0; */ } return 0; }",
  ),
  one(
    "all of a range is not shown by one",
    "use",
    "/*@ requires \\valid_read(p + (0 .. 9)); */ int f(int *p) { if (p[3] > 0) { /*@ assert \\forall integer k; 0 <= k < 10 ==> p[k] > 0; */ } return 0; }",
  ),
  one(
    "a quantified invariant is proved on arrival",
    "initiation",
    "/*@ requires \\valid_read(p + (0 .. 9)); */ void f(int *p, int n) { /*@ loop invariant \\forall integer k; 0 <= k < 10 ==> p[k] == 0; */ while (n > 0) n--; }",
  ),
  one(
    "a quantified invariant is proved around",
    "consecution",
    "/*@ requires \\valid(p + (0 .. 9)) && \\forall integer k; 0 <= k < 10 ==> p[k] == 0; */ void f(int *p, int n) { /*@ loop invariant \\forall integer k; 0 <= k < 10 ==> p[k] == 0; */ while (n > 0) { p[3] = n; n--; } }",
  ),
  one(
    "a prefix grows by the element that was stored",
    "proved",
    "/*@ requires n >= 0 && \\valid(p + (0 .. n - 1)); ensures \\forall integer k; 0 <= k < n ==> p[k] == 0; */ void f(int *p, int n) { /*@ loop invariant 0 <= i <= n; loop invariant \\forall integer k; 0 <= k < i ==> p[k] == 0; */ for (int i = 0; i < n; i++) p[i] = 0; }",
  ),
  one(
    "a prefix does not grow by another element",
    "consecution",
    "/*@ requires n >= 0 && \\valid(p + (0 .. n)); */ void f(int *p, int n) { /*@ loop invariant 0 <= i <= n; loop invariant \\forall integer k; 0 <= k < i ==> p[k] == 0; */ for (int i = 0; i < n; i++) p[i + 1] = 0; }",
  ),
  one(
    "a precondition of a call",
    "use",
    "int f(int x) { int g(int); return 0; }"
      .replace("int g(int); return 0;", "return h(x);")
      .replace("int f", "/*@ requires y > 0; assigns \\nothing; */ int h(int y);\nint f"),
  ),
  one(
    "a precondition of a call that holds",
    "proved",
    "/*@ requires y > 0; assigns \\nothing; */ int h(int y);\nint f(int x) { return x > 0 ? h(x) : 0; }".replace(
      "return x > 0 ? h(x) : 0;",
      "if (x > 0) return h(x); return 0;",
    ),
  ),
  one(
    "a postcondition of a call",
    "proved",
    "/*@ assigns \\nothing; ensures \\result > y; */ int h(int y);\nint f(int x) { int r = h(x); /*@ assert r > x; */ return r; }",
  ),
  one(
    "nothing more than the postcondition of a call",
    "use",
    "/*@ assigns \\nothing; ensures \\result > y; */ int h(int y);\nint f(int x) { int r = h(x); /*@ assert r == x + 1; */ return r; }",
  ),
  one(
    "a call changes what it may assign",
    "use",
    "int g; /*@ assigns g; */ void h(void);\nint f(void) { g = 1; h(); /*@ assert g == 1; */ return 0; }",
  ),
  one(
    "a call without assigns changes every global",
    "use",
    "int g; /*@ requires \\true; */ void h(void);\nint f(void) { g = 1; h(); /*@ assert g == 1; */ return 0; }",
  ),
  one(
    "a call leaves alone what it does not assign",
    "proved",
    "int g, o; /*@ assigns o; */ void h(void);\nint f(void) { g = 1; h(); /*@ assert g == 1; */ return 0; }",
  ),
  one(
    "a call changes its elements only",
    "proved",
    "/*@ requires \\valid(p); assigns *p; */ void h(int *p);\nint f(void) { int t[2] = {1, 2}; h(t); /*@ assert t[1] == 2; */ return 0; }",
  ),
  one(
    "a call changes its elements",
    "use",
    "/*@ requires \\valid(p); assigns *p; */ void h(int *p);\nint f(void) { int t[2] = {1, 2}; h(t); /*@ assert t[0] == 1; */ return 0; }",
  ),
  one(
    "a call changes the range that it assigns",
    "use",
    "/*@ requires \\valid(p + (0 .. n - 1)); assigns p[0 .. n - 1]; */ void h(int *p, int n);\nint f(void) { int t[3] = {1, 2, 3}; h(t, 2); /*@ assert t[1] == 2; */ return 0; }",
  ),
  one(
    "a call leaves alone what is behind its range",
    "proved",
    "/*@ requires \\valid(p + (0 .. n - 1)); assigns p[0 .. n - 1]; */ void h(int *p, int n);\nint f(void) { int t[3] = {1, 2, 3}; h(t, 2); /*@ assert t[2] == 3; */ return 0; }",
  ),
  one(
    "an old value in a callee's postcondition is the one before the call",
    "proved",
    "int g; /*@ assigns g; ensures g == \\old(g) + 1; */ void h(void);\nint f(void) { g = 1; h(); h(); /*@ assert g == 3; */ return 0; }",
  ),
  one(
    "a callee is told how long an array is",
    "use",
    "/*@ requires n >= 0 && \\valid(p + (0 .. n - 1)); assigns p[0 .. n - 1]; */ void h(int *p, int n);\nint f(void) { int t[3] = {1, 2, 3}; h(t, 4); return 0; }",
  ),
  one(
    "a caller's frame covers its callees",
    "use",
    "int g; /*@ assigns g; */ void h(void);\n/*@ assigns \\nothing; */ void f(void) { h(); }",
  ),
  one(
    "a measure that stays the same",
    "use",
    "/*@ requires n >= 0; decreases n; assigns \\nothing; */ int f(int n) { if (n > 0) return f(n); return 0; }",
  ),
  one(
    "a measure that decreases",
    "proved",
    "/*@ requires n >= 0; decreases n; assigns \\nothing; */ int f(int n) { if (n > 0) return f(n - 1); return 0; }",
  ),
  one(
    "a predicate is its definition",
    "proved",
    "/*@ predicate pos{L}(int *p, integer n) = \\forall integer k; 0 <= k < n ==> p[k] > 0; */\n/*@ requires \\valid_read(p + (0 .. 9)) && pos(p, 10); */ int f(int *p) { /*@ assert p[4] > 0; */ return 0; }",
  ),
  one(
    "a predicate of another state",
    "use",
    "/*@ predicate zero{L}(int *p) = *p == 0; */\n/*@ requires \\valid(p) && zero(p); ensures zero(p); */ void f(int *p) { *p = 1; }",
  ),
  one(
    "a predicate of the state at entry",
    "proved",
    "/*@ predicate zero{L}(int *p) = *p == 0; */\n/*@ requires \\valid(p) && zero(p); ensures \\old(zero(p)); */ void f(int *p) { *p = 1; }",
  ),
  one(
    "a behavior speaks where it applies",
    "use",
    "/*@ behavior b: assumes x > 0; ensures \\result == 1; */ int f(int x) { return x > 1; }",
  ),
  one(
    "a behavior is silent elsewhere",
    "proved",
    "/*@ behavior b: assumes x > 1; ensures \\result == 1; */ int f(int x) { return x > 1; }",
  ),
  one(
    "each of two universal statements has a witness of its own",
    "use",
    "/*@ requires \\valid_read(p + (0 .. 1)) && p[0] == 0 && p[1] == 1; */ void f(int *p) { /*@ assert (\\forall integer k; 0 <= k < 2 ==> p[k] == 0) || (\\forall integer k; 0 <= k < 2 ==> p[k] == 1); */ }",
  ),
  one(
    "a callee's postcondition relates new and old",
    "proved",
    "int g; /*@ assigns g; ensures g >= \\old(g); */ void h(void);\nint f(void) { g = 1; h(); /*@ assert g >= 1; */ return 0; }",
  ),
  one(
    "a copied structure has the values of its source",
    "proved",
    "struct s { int x; }; int f(void) { struct s a = {1}; struct s b = {2}; b = a; a.x = 3; /*@ assert b.x == 1; */ return 0; }",
  ),
  one(
    "a table of constants keeps its values",
    "proved",
    "const int days[3] = {31, 28, 31};\n/*@ assigns \\nothing; ensures \\result == 28; */ int f(void) { return days[1]; }",
  ),
];
