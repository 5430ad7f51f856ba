import { describe, expect, it } from "vitest";
import { readC } from "../../../grammars/c/read.ts";
import { problems } from "../../server/program/lower/listing.ts";

/** Problems of the text itself, before any function is lowered. */
function unread(text: string): string[] {
  const file = readC("test.c", text);
  return [...file.broken.flatMap((one) => one.diagnostics), ...file.diagnostics].map(
    ({ span, message }) => `${span.line}:${span.column} ${message}`,
  );
}

const all = (text: string): string[] => {
  const found = unread(text);
  return found.length > 0 ? found : problems(text);
};

describe("what is beyond the front end", () => {
  it.each([
    ["float pi(void) { return 1; }", "1:7 pi returns `float`"],
    ["int f(void) { return 3.5; }", "1:22 floating-point constant '3.5'"],
    ["int f(int n) { again: n--; goto again; }", "1:16 label 'again'"],
    [
      "#define SQUARE(x) ((x) * (x))\nint f(int n) {\n  return SQUARE(n); }",
      "3:10 the function-like macro 'SQUARE'",
    ],
    ['int f(void) { __asm__("nop"); return 0; }', "1:15 inline assembly"],
    ["int f(void) { return ({ 1; }); }", "1:22 statement expression"],
    ["union u { int a; };\nint f(union u v) { return v.a; }", "1:1 'union u' is not supported"],
    ["int f(int n) { int a[n]; a[0] = 1; return a[0]; }", "1:20 `a` has type `int[]`"],
  ])("%s: is named where it stands", (text, expected) => {
    expect(all(text)[0]).toContain(expected);
  });

  it("costs one function, not the file", () => {
    const file = readC(
      "test.c",
      "int f(void) { goto x; x: ; }\nint g(int n) { return n; }\nint h(int n { }\nint k;",
    );
    expect(file.functions.map(({ name }) => name)).toContain("g");
  });
});

describe("what cannot be C", () => {
  it.each([
    ["int f(int n) {\n  return n +;\n}", "2:13"],
    ["int f(int n) {\n  while (n > 0 n--;\n}", "2:15"],
    ["int f(void) { return 08; }", "1:22"],
    ["int f(void) { return 'ab; }", "1:22"],
    ["int f(void) { /* no end", "1:15"],
    ["int f(void) {\n  return 1;\n", "2:11"],
  ])("%j is an error at %s", (text, place) => {
    expect(all(text)[0]).toMatch(new RegExp(`^${place} .{10,}`));
  });

  it.each([
    "",
    "\0\0\0",
    "#",
    "/*@",
    "int",
    ")))",
    "{",
    "\\",
    '"',
    "#define X",
    "@",
    "int f(int n) { /*@ loop invariant */ while (n) ; }",
  ])("%j ends in an answer, not in an exception", (text) => {
    expect(() => readC("test.c", text)).not.toThrow();
  });

  it("nested a hundred thousand deep is refused, not a stack overflow", () => {
    const deep = `int f(int n) { return ${"(".repeat(100_000)}n${")".repeat(100_000)}; }`;
    expect(unread(deep).join()).toMatch(/nest|deep/);
  });
});

describe("lexical details", () => {
  it.each([
    ["0x1F + 017 + 'a' + '\\n' + 10u", "return"],
    ["1'000", null],
    ["0b101", "return"],
    ["'\\x41' + '\\101' + '\\\\'", "return"],
    ["2147483648 + 4294967296", "return"],
  ])("%s", (expression, expected) => {
    const found = all(`int f(void) { return ${expression}; }`);
    if (expected === null) expect(found).not.toEqual([]);
    else expect(found).toEqual([]);
  });

  it.each([
    "int f(int n) { // what??/\n  while (n > 0) n--;\n  return n; }",
    "#define N 1 ??/\r\nint f(void) { return N; }",
  ])("a trigraph that joins lines to some compilers is refused: %j", (text) => {
    expect(unread(text).join()).toMatch(/'\?\?\/' at the end of a line is a backslash to some compilers/);
  });

  it("continues lines, skips comments of both kinds, and keeps positions", () => {
    const text = "int f(int n) { // one \\\n still the comment\n  /* and\n another */ return m; }";
    expect(all(text)[0]).toMatch(/^4:20 /);
  });
});
