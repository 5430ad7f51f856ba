import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Touchstone } from "../../../server/wiring.ts";
import { inWords, outcomeOf, symbolic } from "./outcome.ts";

/** False claims, each of which was proved once, by what a directive or a name for the linker does elsewhere in the text. */
let touchstone: Touchstone;
beforeAll(async () => {
  touchstone = await symbolic("math");
});
afterAll(() => touchstone.close());

const said = async (text: string) => inWords(await outcomeOf(touchstone, text));

const ONE = "/*@ assigns a, b; ensures \\result == 1; */\nint f(int x) { a = 1; b = 2; return a; }";

describe("two names of one variable", () => {
  it("are none without more", async () => {
    expect(await said(`int a; extern int b;\n${ONE}`)).toMatch(/^proved/);
  });

  it.each([
    ["a name for the linker", `int a; extern int b __asm__("a");\n${ONE}`],
    ["a weak name", `#pragma weak b = a\nint a; extern int b;\n${ONE}`],
    [
      "a weak name, said before in the operator's form",
      `_Pragma("weak b = a")\nint a; extern int b;\n${ONE}`,
    ],
    [
      "an alias that is declared again",
      `int a; extern int b; extern int b __attribute__((used, alias("a")));\n${ONE}`,
    ],
    ["a renamed one", `#pragma redefine_extname b a\nint a; extern int b;\n${ONE}`],
  ])("%s", async (_, text) => {
    expect(await said(text)).toMatch(/^error/);
  });

  it("also where it is said behind the function", async () => {
    const text = `int a; extern int b;\n#pragma weak b = a\n${ONE}`;
    const behind = `int a; extern int b;\n${ONE}\n#pragma weak b = a`;
    for (const one of [text, behind]) {
      const located = touchstone.locate({ file: "test.c", text: one, version: 0 });
      expect(located.filter(({ kind }) => kind === "task")).toEqual([]);
    }
  });
});

describe("what the compiler defines", () => {
  const CLAIM = "/*@ assigns \\nothing; ensures \\result == 2; */\nint f(int x) { return K; }";

  it.each([
    ["is not taken for undefined", `#ifdef __GNUC__\n#define K 1\n#else\n#define K 2\n#endif\n${CLAIM}`],
    ["nor for no change of a macro", `#define K 2\n#ifdef __GNUC__\n#undef K\n#define K 1\n#endif\n${CLAIM}`],
    ["under any reserved name", `#ifdef __amd64\n#define K 1\n#else\n#define K 2\n#endif\n${CLAIM}`],
    [
      "nor in an #elif",
      `#define K 2\n#ifdef DEBUG\n#elif defined(__x86_64__)\n#undef K\n#define K 1\n#endif\n${CLAIM}`,
    ],
  ])("%s", async (_, text) => {
    expect(await said(text)).toMatch(/^error: .*'K'/);
  });

  it("a header's guard and what no compiler defines are decided as ever", async () => {
    const text = `#ifndef __K_H__\n#define __K_H__\n#ifdef __cplusplus\n#define K 1\n#else\n#define K 2\n#endif\n${CLAIM}\n#endif`;
    expect(await said(text)).toMatch(/^proved/);
  });

  it("a preprocessor decides it, without being asked for", async () => {
    const text = `#ifdef __GNUC__\n#define K 1\n#else\n#define K 2\n#endif\n${CLAIM}`;
    const prepared = await touchstone.prepare(
      { file: "test.c", text, version: 0 },
      new AbortController().signal,
    );
    expect(prepared.expansion?.kind).toBe("expanded");
  });
});

describe("what a header may define", () => {
  const CLAIM = "/*@ assigns \\nothing; ensures \\result == 2; */\nint f(int x) { return K; }";

  it.each([
    ["of the system", `#include <stdio.h>\n#ifdef EOF\n#define K 1\n#else\n#define K 2\n#endif\n${CLAIM}`],
    ["of one's own", `#include "own.h"\n#ifdef OWN\n#define K 1\n#else\n#define K 2\n#endif\n${CLAIM}`],
    [
      "a condition of C23",
      `#define Y\n#ifdef N\n#elifdef Y\n#define K 3\n#else\n#define K 2\n#endif\n${CLAIM}`,
    ],
    ["a default", `#include <stdlib.h>\n#ifndef K\n#define K 2\n#endif\n${CLAIM}`],
  ])("is not taken for undefined: %s", async (_, text) => {
    expect(await said(text)).toMatch(/^error: .*'K'/);
  });

  it("nor is a global's own definition behind such a condition taken for absent", async () => {
    const main = "/*@ ensures \\result == 0; */ int main(void) { return g; }";
    const text = `#include "own.h"\nint g;\n#ifdef OWN\nint g = 5;\n#endif\n${main}`;
    expect(await said(text)).toMatch(
      /^error: what globals hold when `main` starts is not known, since line 3/,
    );
    expect(await said(`#include "own.h"\nint g;\n${main}`)).toMatch(/^proved/);
  });

  it("a condition in front of the headers is decided, and one behind those that define nothing like it", async () => {
    for (const headers of ["", "#include <stdbool.h>\n#include <limits.h>\n"])
      expect(await said(`${headers}#ifndef K\n#define K 2\n#endif\n#include <stdio.h>\n${CLAIM}`)).toMatch(
        /^proved/,
      );
  });

  it("under NDEBUG nothing is asserted, and no side effect is left of it", async () => {
    const text = `#define NDEBUG\n#include <assert.h>\n/*@ assigns \\nothing; ensures \\result == \\old(i) + 1; */
int f(int i) { assert(i++ < 5 || i > 0); return i; }`;
    expect(await said(text)).toMatch(/^error: .*'assert'/);
    expect(await said(text.replace("#define NDEBUG\n", ""))).not.toMatch(/^error: .*'assert'/);
  });
});

describe("what a header that is not read may put in its place", () => {
  const ZERO = "/*@ assigns \\nothing; ensures \\result == 0; */\n";
  it.each([
    ["statements", `${ZERO}int f(void) { int s = 0;\n#include "x.inc"\nreturn s; }`],
    ["elements", `const int t[2] = {\n#include "x.inc"\n};\n${ZERO}int f(void) { return t[0]; }`],
    ["an initialiser", `static int n\n#include "x.inc"\n;\n${ZERO}int main(void) { return n; }`],
    ["the function of a contract", `${ZERO}#include "x.h"\nint f(void) { return 0; }`],
  ])("%s", async (_, text) => {
    expect(await said(text)).toMatch(/^error/);
  });
});

describe("characters that are others to some compilers", () => {
  const text =
    "\n#ifndef K\n#define K 2\n#endif\n/*@ assigns \\nothing; ensures \\result == 2; */\nint f(void) { return K; }";

  it("are refused, comments excepted", async () => {
    expect(await said(`??=define K 1${text}`)).toMatch(/^error: .*another character/);
    expect(await said(`// really??!${text}`)).toMatch(/^proved/);
  });
});
