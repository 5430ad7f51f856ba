import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readC } from "../../../grammars/c/read.ts";
import type { CFile } from "../../../grammars/c/tree.ts";
import { findPreprocessor } from "../../../provers/preprocessor/find.ts";
import { preprocessed } from "../../../provers/preprocessor/preprocess.ts";

const found = await findPreprocessor();
const never = new AbortController().signal;
const EXAMPLES = join(import.meta.dirname, "../../../examples/c");

describe.skipIf(found.kind !== "found")("a preprocessed file", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "touchstone-test-"));
    mkdirSync(join(folder, "inc"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function read(text: string, define: readonly string[] = []): Promise<CFile> {
    if (found.kind !== "found") throw new Error("no preprocessor");
    const file = join(folder, "a.c");
    const told = { include: [join(folder, "inc")], define };
    return readC(file, text, await preprocessed(found.path, { file, text }, told, never));
  }
  const errors = (file: CFile) => file.diagnostics.filter(({ severity }) => severity === "error");

  it("is what it is without, where there is nothing to preprocess: every offset, line and word", {
    timeout: 60_000,
  }, async () => {
    const names = readdirSync(EXAMPLES).filter((name) => name.endsWith(".c"));
    const plain = names
      .map((name) => readFileSync(join(EXAMPLES, name), "utf8"))
      .filter((text) => !/^[ \t]*#/m.test(text));
    expect(plain.length).toBeGreaterThan(20);
    for (const text of plain) {
      const [before, after] = [readC("a.c", text), await read(text)];
      expect(after.functions).toEqual(before.functions);
      expect(after.broken.map(({ name }) => name)).toEqual(before.broken.map(({ name }) => name));
      expect(after.definitions).toEqual(before.definitions);
    }
  });

  it("has its functions, loops and clauses at their own places", async () => {
    const text = `#include <stdint.h>
#define MAX(a, b) \\
  ((a) > (b) ? (a) : (b))
/* a comment */ #define HALF(x) ((x) / 2)
#if LIMIT > 5 && defined(LIMIT)
/*@ requires n <= MAX(LIMIT, 3); ensures \\result >= n; */
uint8_t f(int n) {
\tint x = 0; // MAX(
  /*@ loop invariant x <= MAX(n, HALF(LIMIT)); */
  while (x < MAX(n,
                 LIMIT)) x++;
  return x;
}
#endif
`;
    const file = await read(text, ["LIMIT=10"]);
    expect(errors(file)).toEqual([]);
    const [f] = file.functions;
    expect([f!.name, f!.returnType]).toEqual(["f", { kind: "integer", name: "unsigned char" }]);
    expect([f!.nameSpan.line, f!.nameSpan.column]).toEqual([7, 9]);
    expect(f!.contract!.requires.map((one) => one.text)).toEqual(["n <= MAX(LIMIT, 3)"]);
    const loop = f!.body.find((one) => one.kind === "while");
    if (loop?.kind !== "while") throw new Error("no loop was read");
    expect(text.slice(loop.keyword.start, loop.keyword.end)).toBe("while");
    expect(text.slice(loop.condition.span.start, loop.condition.span.end)).toMatch(/^x < MAX\(n,\s+LIMIT\)$/);
    expect(await read(text, ["LIMIT=4"])).toMatchObject({ functions: [], broken: [] });
  });

  it("knows what the headers of the library define", async () => {
    const text = `#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/*@ requires n <= INT_MAX - 1; */
#if __LINE__ == 8
bool f(size_t n, int *p) { return n == INT_MAX && p != NULL && __LINE__ == 9; }
#endif
`;
    const file = await read(text);
    expect(file.diagnostics).toEqual([]);
    expect(JSON.stringify(file.functions[0]!.body, (_, v) => (typeof v === "bigint" ? `${v}` : v))).toMatch(
      /"2147483647".*"value":"9"/,
    );
  });

  it("takes contracts from the user's headers, and proves nothing of them here", async () => {
    const header = `/*@ requires low <= high;
    assigns \\nothing; ensures low <= \\result <= high; */
int clamp(int x, int low, int high);
static inline int twice(int x) { return 2 * x; }
extern int counter;
struct two { int a, b; };
int broken(int (int)) = ;
`;
    writeFileSync(join(folder, "inc", "clamp.h"), header);
    const file = await read('\n#include "clamp.h"\nint g(struct two t) { return t.b; }\n');
    expect(file.functions.map(({ name }) => name)).toEqual(["g"]);
    const clamp = file.prototypes.find(({ name }) => name === "clamp");
    expect(clamp!.contract!.ensures.map(({ text }) => text)).toEqual(["low <= \\result <= high"]);
    expect(file.prototypes.map(({ name }) => name)).toContain("twice");
    expect(file.globals).toMatchObject([{ name: "counter", external: true }]);
    // What is wrong in it is told at the line that includes it.
    expect(errors(file)).toHaveLength(1);
    expect(errors(file)[0]!.message).toMatch(/inc\/clamp\.h:7: expected/);
    expect(errors(file)[0]!.span).toMatchObject({ line: 2, column: 1 });
  });

  it("leaves assert to be proved, unless NDEBUG says otherwise", async () => {
    const text = "#include <assert.h>\nvoid f(int n) { assert(n > 0); }\n";
    const callees = (file: CFile) =>
      JSON.stringify(file.functions[0]!.body, (_, v) => (typeof v === "bigint" ? `${v}` : v));
    expect(callees(await read(text))).toContain('"callee":"assert"');
    expect(callees(await read(text, ["NDEBUG"]))).not.toContain("assert");
  });

  it("says where a header is missing, and what a macro in an annotation lacks", async () => {
    const missing = await read('int a;\n  #include "nowhere.h"\nint b;\n');
    expect(errors(missing)).toMatchObject([{ span: { line: 2, column: 3 } }]);
    expect(errors(missing)[0]!.message).toMatch(/nowhere\.h.*-I/);
    const wrong = await read(
      "#define P(a, b) ((a) < (b))\n/*@ requires P(n); */\nint f(int n) { return n; }\n",
    );
    expect(wrong.broken[0]!.diagnostics).toMatchObject([
      { message: "the macro 'P' takes 2 arguments, here it has 1", span: { line: 2, column: 14 } },
    ]);
  });
});
