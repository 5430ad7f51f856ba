import { describe, expect, it } from "vitest";
import { defaultOptions } from "../../../../server/engine/options.ts";
import { sampleStates } from "../../../../server/program/sample.ts";
import { arraysProposer } from "../../../../server/proposers/arrays/arrays.ts";
import { locateInvariants } from "../../../../server/tasks/invariants/locate.ts";
import { propose } from "../proposing.ts";

const never = new AbortController().signal;

/** What is tried first for a C function, once it held in all states met. */
async function first(text: string): Promise<string[]> {
  const [located] = locateInvariants({ file: "a.c", text, version: 0 }, "math");
  if (located?.kind !== "task" || located.task.kind !== "invariants")
    throw new Error(JSON.stringify(located));
  const { task } = located;
  const { texts } = await propose(arraysProposer("few"), task, (findings) => {
    findings.tables = sampleStates(task.program, { seed: defaultOptions.seed, signal: never }).tables;
  });
  return texts;
}

describe("array functions, at first", () => {
  it("what was not reached is as it was, up to the end behind the last index", async () => {
    expect(
      await first(`/*@ requires n > 0 && \\valid(a + (0 .. n-1)); assigns a[0 .. n-1];
  ensures \\forall integer k; 0 <= k < n - 1 ==> a[k] == \\old(a[k+1]); */
void shift(int *a, int n) { for (int i = 0; i < n - 1; i++) a[i] = a[i+1]; }
`),
    ).toContain("\\forall integer k; i <= k < n ==> a[k] == \\at(a[k], Pre)");
  });

  it("a member of the structure at hand is an array, and another one bounds its indices", async () => {
    expect(
      await first(`struct buffer { int data[16]; int length; };
/*@ requires \\valid(b) && 0 < b->length <= 16; assigns b->data[0 .. 15], b->length;
  ensures \\forall integer k; 0 <= k < b->length ==> b->data[k] == \\old(b->data[k+1]); */
void pop(struct buffer *b) { for (int i = 0; i + 1 < b->length; i++) b->data[i] = b->data[i+1]; b->length = b->length - 1; }
`),
    ).toContain("\\forall integer k; i <= k < b[0].length ==> b[0].data[k] == \\at(b[0].data[k], Pre)");
  });

  it("of pairs, those whose second was passed from behind", async () => {
    expect(
      await first(`/*@ requires n >= 1 && \\valid_read(a + (0 .. n-1));
  requires \\forall integer p, q; 0 <= p <= q < n ==> a[p] <= a[q];
  ensures \\result == 0 ==> \\forall integer p, q; 0 <= p < q < n ==> a[p] + a[q] != s; */
int pair(const int *a, int n, int s) { int i = 0, j = n - 1;
  while (i < j) { int t = a[i] + a[j]; if (t == s) return 1; if (t < s) i++; else j--; } return 0; }
`),
    ).toContain("\\forall integer p, q; 0 <= p < q < n && j < q ==> a[p] + a[q] != s");
  });

  it("a flag tells that something is among what was passed", async () => {
    expect(
      await first(`/*@ requires m >= 0 && \\valid_read(b + (0 .. m-1));
  ensures \\result != 0 ==> \\exists integer j; 0 <= j < m && b[j] == x; */
int has(const int *b, int m, int x) { int f = 0; for (int j = 0; j < m; j++) if (b[j] == x) f = 1; return f; }
`),
    ).toContain("f == 1 ==> (\\exists integer k; 0 <= k < j && b[k] == x)");
  });
});
