import type { IntegerReading } from "../../../../server/program/integer.ts";

/** A function whose verdict is known: what stands in its text is proved, or the first obligation of this kind fails. */
export interface Named {
  readonly name: string;
  readonly text: string;
  readonly reading: IntegerReading;
  readonly verdict: "proved" | "initiation" | "consecution" | "use" | "variant";
}

const one = (
  name: string,
  verdict: Named["verdict"],
  text: string,
  reading: IntegerReading = "math",
): Named => ({ name, verdict, text, reading });

/** Short functions, each on one trait of the conditions; the names say what is required of them. */
export const NAMED: readonly Named[] = [
  one(
    "an invariant that holds gives the postcondition",
    "proved",
    `/*@ requires n >= 0; ensures \\result == n; */
    int f(int n) { int i = 0; /*@ loop invariant 0 <= i <= n; */ while (i < n) i++; return i; }`,
  ),
  one(
    "an invariant that does not hold on arrival",
    "initiation",
    "int f(int n) { int i = 0; /*@ loop invariant i >= 1; */ while (i < n) i++; return i; }",
  ),
  one(
    "a contradictory invariant does not hold on arrival",
    "initiation",
    "int f(int n) { int i = 0; /*@ loop invariant i > 0; loop invariant i < 0; */ while (i < n) i++; return i; }",
  ),
  one(
    "an invariant that an iteration breaks",
    "consecution",
    "int f(int n) { int i = 0; /*@ loop invariant i <= 3; */ while (i < n) i++; return i; }",
  ),
  one(
    "an invariant that is too weak",
    "use",
    `int f(int n) { int i = 0; /*@ loop invariant i >= 0; */ while (i < n) i++; //@ assert i == n;
    return i; }`,
  ),
  one(
    "the second conjunct rests on the first, and both are proved",
    "consecution",
    "int f(int n) { int x = 0, y = 0; /*@ loop invariant x == 2 * y; loop invariant y >= 0; */ while (y < n) { x += 2; y++; if (y == 5) x = 0; } return x; }",
  ),
  one(
    "an assumption is used",
    "proved",
    `int f(int n) { assume(n > 3); //@ assert n > 2;
    return n; }`,
  ),
  one(
    "a precondition is used",
    "proved",
    "/*@ requires n > 3; ensures \\result > 3; */ int f(int n) { return n; }",
  ),
  one(
    "what the loop does not change stays known",
    "proved",
    `int f(int n) { int k = 7; int i = 0; while (i < n) i++; //@ assert k == 7;
    return k; }`,
  ),
  one(
    "what only an inner loop changes is forgotten by the outer one",
    "use",
    `int f(int n) { int k = 0; for (int i = 0; i < n; i++) { for (int j = 0; j < n; j++) k++; } //@ assert k == 0;
    return k; }`,
  ),
  one(
    "a frame is not taken from `loop assigns`",
    "use",
    `int f(int n) { int i = 0; /*@ loop assigns \\nothing; */ while (i < n) i++; //@ assert i == 0;
    return i; }`,
  ),
  one(
    "`loop assigns` that leaves something out",
    "use",
    "int f(int n) { int i = 0, k = 0; /*@ loop assigns i; */ while (i < n) { i++; k++; } return k; }",
  ),
  one(
    "a contract's `assigns` that leaves a global out",
    "use",
    "int g; /*@ assigns \\nothing; */ int f(int n) { g = n; return n; }",
  ),
  one(
    "`continue` takes the step of its loop",
    "proved",
    `/*@ requires n >= 0; */ int f(int n) { int c = 0, i; /*@ loop invariant c == i && i <= n; */
    for (i = 0; i < n; i++) { c++; if (i == 3) continue; } //@ assert c == n;
    return c; }`,
  ),
  one(
    "`do` runs its body before the first test",
    "use",
    `int f(void) { int i = 0; /*@ loop invariant i == 0; */ do { i++; } while (i < 0); //@ assert i == 0;
    return i; }`,
  ),
  one(
    "a switch falls through",
    "proved",
    `int f(int x) { int r = 0; switch (x) { case 1: r = 1; case 2: r += 2; break; default: r = 9; }
    //@ assert x == 1 ==> r == 3;
    //@ assert x == 2 ==> r == 2;
    //@ assert x != 1 && x != 2 ==> r == 9;
    return r; }`,
  ),
  one(
    "the value of `x++` is the old one, that of `++x` the new one",
    "proved",
    `int f(int x) { int a = x++; int b = ++x; //@ assert b == a + 2;
    return a; }`,
  ),
  one(
    "`&&` leaves its right operand when the left is false",
    "proved",
    `int f(int x) { int y = 0; if (x > 0 && y++ < 3) x = 1; //@ assert x <= 0 ==> y == 0;
    return y; }`,
  ),
  one(
    "`||` leaves its right operand when the left is true",
    "proved",
    `int f(int x) { int y = 0; if (x > 0 || y++ < 3) x = x; //@ assert x > 0 ==> y == 0;
    return y; }`,
  ),
  one(
    "division and remainder truncate",
    "proved",
    `int f(void) { int q = -7 / 2, r = -7 % 2; int x = -7; //@ assert x / 2 == -3 && x % 2 == -1;
    int y = x / 2, z = x % 2; //@ assert y == q && z == r && y == -3 && z == -1;
    return y; }`,
  ),
  one(
    "a right shift of a negative value rounds down",
    "proved",
    `/*@ requires -8 <= x <= -7; */ int f(int x) { int y = x >> 1; //@ assert y == -4;
    return y; }`,
    "32",
  ),
  one(
    "unsigned arithmetic wraps",
    "proved",
    `int f(unsigned u) { unsigned v = u - u - 1; //@ assert v == 4294967295;
    return 0; }`,
  ),
  one(
    "an unsigned value may be zero",
    "use",
    `int f(unsigned char u) { //@ assert u > 0;
    return 0; }`,
  ),
  one(
    "narrowing keeps the low bits, with their sign",
    "proved",
    `/*@ requires x == 200; */ int f(int x) { signed char c = x; unsigned char b = x + 100; //@ assert c == -56 && b == 44;
    return 0; }`,
  ),
  one(
    "everything but zero is true as _Bool",
    "proved",
    `/*@ requires x == 2; */ int f(int x) { _Bool b = x; //@ assert b == 1;
    return 0; }`,
  ),
  one(
    "a comparison with an unsigned operand is unsigned",
    "proved",
    `/*@ requires x == -1; */ int f(int x, unsigned u) { int r = x < 1u; //@ assert r == 0;
    return 0; }`,
  ),
  one(
    "narrow types are promoted before arithmetic",
    "proved",
    `/*@ requires b == 255; */ int f(unsigned char b) { int r = b + b; //@ assert r == 510;
    return 0; }`,
  ),
  one("a signed sum may overflow", "use", "int f(int x) { return x + 1; }", "32"),
  one("a divisor may be zero", "use", "int f(int x, int y) { return x / y; }"),
  one("a shift by the width is undefined", "use", "int f(int x) { return 1u << (32 + (x - x)); }", "32"),
  one(
    "a variable set on one path only is not initialised",
    "use",
    "/*@ requires \\true; */ int f(int x) { int y; if (x > 0) y = 1; return y; }",
  ),
  one(
    "nor one set on the other path only",
    "use",
    "/*@ requires \\true; */ int f(int x) { int y; if (x > 0) x = 1; else y = 2; return y; }",
  ),
  one(
    "`break` leaves the loop",
    "proved",
    `int f(int n) { int i = 0; while (1) { i = 4; if (n > 3) break; n++; } //@ assert i == 4 && n > 3;
    for (;;) { i = 7; break; } //@ assert i == 7;
    return i; }`,
  ),
  one(
    "what stands behind a loop is reached by `break`",
    "use",
    `int f(int n) { int i = 0; while (1) { i = 4; if (n > 3) break; n++; } //@ assert i == 5;
    return i; }`,
  ),
  one(
    "a parameter in `ensures` means its value at entry",
    "use",
    "/*@ ensures \\result == x; */ int f(int x) { x = x + 1; return x; }",
  ),
  one(
    "\\at(x, Pre) is the value at entry",
    "use",
    `int f(int x) { x = x + 1; //@ assert x == \\at(x, Pre);
    return x; }`,
  ),
  one(
    "a variant that is negative at the start of an iteration",
    "variant",
    "int f(int n) { int i = n; /*@ loop variant i; */ while (i != 0) i--; return i; }",
  ),
  one(
    "a variant that stays the same",
    "variant",
    "int f(int n) { int i = 5; /*@ loop invariant i == 5; loop variant i; */ while (n > 0) n--; return i; }",
  ),
  one(
    "a variant that decreases",
    "proved",
    "int f(int n) { /*@ loop variant n; */ while (n > 0) n--; return n; }",
  ),
  one(
    "each loop's invariant is known in the next",
    "proved",
    `/*@ requires n >= 0; */ int f(int n) { int a = 0, b = 0;
    /*@ loop invariant 0 <= a <= n; */ while (a < n) a++;
    /*@ loop invariant 0 <= b <= a; loop invariant a == n; */ while (b < a) b++; //@ assert b == n;
    return b; }`,
  ),
  one(
    "an implication is read from left to right",
    "use",
    `int f(int x) { //@ assert (x > 0 ==> x > 1);
    return 0; }`,
  ),
];
