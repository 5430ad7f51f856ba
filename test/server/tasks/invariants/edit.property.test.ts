import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readC } from "../../../../grammars/c/read.ts";
import { sameCode } from "../../../../provers/judge/same-code.ts";
import type { Program } from "../../../../server/program/program.ts";
import { applyEdit, assignedNames, draftEdit } from "../../../../server/tasks/invariants/edit.ts";
import { atLeast, documentOf, programOf, withoutInsertions } from "./drafting.ts";

/** Annotations as people write them, with `NL` for a line break and indentation. */
const ANNOTATIONS = [
  "",
  "",
  "/*@ loop invariant 0 <= n + 100; */NL",
  "//@ loop invariant 0 <= n + 100;NL",
  "//@ loop assigns i, n;NL",
  "/*@ loop invariant 0 <= n + 100; loop assigns i, n; */ ",
  "/*@ loop invariant 0 <= n + 100;NL  @ loop assigns i, n;NL  @*/NL",
  "/*@NL    loop invariant 0 <= n + 100; // a remarkNL    loop variant n;NL*/NL",
  "/*@ loop assigns i, n;NL  @ loop variant n - i;NL  */NL",
  "/*@ loop variant n - i; @*/NL",
  "/* a comment with loop invariant in it */NL",
] as const;

const LOOPS = [
  "while (i < n) i++;",
  "while (i < n) {NL  i++;NL}",
  "do {NL  i++;NL} while (i < n);",
  "for (; i < n; i++)NL  n--;",
  "for (i = 0; i < n; i++) { n = n - 1; }",
  "while (i < n)NL  BODY",
  "while (i < n) BODY",
  "for (int k = 0; k < n; k++) {NL  BODYNL}",
] as const;

/** Places in which a loop may stand. */
const PLACES = [
  "LOOP",
  "if (n) LOOP",
  "if (n) i++; else LOOP",
  "{ LOOP }",
  "{NL  LOOPNL}",
  "i++; LOOP",
  "again: LOOP",
  "/* c */ LOOP",
] as const;

const statement = fc
  .record({
    place: fc.constantFrom(...PLACES),
    loops: fc.array(fc.tuple(fc.constantFrom(...ANNOTATIONS), fc.constantFrom(...LOOPS)), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ place, loops }) => {
    const nested = loops.reduceRight(
      (body, [annotation, loop]) => annotation + loop.replace("BODY", () => body),
      "n--;",
    );
    return place.replace("LOOP", () => nested);
  });

const file = fc
  .record({
    statements: fc.array(statement, { minLength: 1, maxLength: 3 }),
    indent: fc.constantFrom("  ", "    ", "\t", ""),
    eol: fc.constantFrom("\n", "\r\n"),
    mixed: fc.boolean(),
    mark: fc.boolean(),
    contract: fc.constantFrom(
      "",
      "/*@ requires n >= 0; */\n",
      "/*@ requires n >= 0;\n    ensures 1 == 1;\n*/\n",
      "/*@ requires n >= 0;\n  @ assigns \\nothing;\n  @*/\n",
    ),
    last: fc.constantFrom("", "\n", "\n\n"),
  })
  .map(({ statements, indent, eol, mixed, mark, contract, last }) => {
    const labels = statements.map((one, i) => one.replace("again:", `again${i}:`));
    const body = ["int i = 0;", ...labels]
      .map((one) => indent + one.replaceAll("NL", `\n${indent}`))
      .join("\n");
    const text = `${contract}void f(int n) {\n${body}\n}${last}`.replaceAll("\n", eol);
    return (mark ? "\uFEFF" : "") + (mixed ? text.replace("\r\n", "\n") : text);
  });

function answerFor(program: Program) {
  return {
    invariants: program.loops.map((loop) => [atLeast("i", -loop.id), atLeast("n", -1000)]),
    assigns: program.loops.map((loop) => assignedNames(program, loop)),
    variants: program.loops.map(
      () =>
        ({
          kind: "subtract",
          left: { kind: "variable", name: "n" },
          right: { kind: "variable", name: "i" },
        }) as const,
    ),
  };
}

/** The names of frame obligations hold the line of a `loop assigns`, which an insertion moves. */
function withoutLines(program: Program): Program {
  const blocks = program.blocks.map((block) => ({
    ...block,
    commands: block.commands.map((command) =>
      command.kind === "assert" ? { ...command, text: command.text.replace(/at line \d+/, "") } : command,
    ),
  }));
  return { ...program, blocks };
}

/** Not every combination is read by the front end; those are no input for an edit. */
function read(text: string): Program | null {
  try {
    return programOf(text);
  } catch {
    return null;
  }
}

describe("every edit, whatever the file looks like", () => {
  it("keeps each byte outside its insertions, is read back with the code unchanged, and leaves nothing to add", () => {
    let tried = 0;
    fc.assert(
      fc.property(file, (text) => {
        const before = read(text);
        if (before === null) return;
        tried++;
        const answer = answerFor(before);
        const edit = draftEdit(documentOf(text), before, answer);
        const after = applyEdit(text, edit);
        expect(withoutInsertions(after, edit)).toBe(text);

        const program = programOf(after);
        expect(readC("test.c", after).broken).toEqual([]);
        expect(sameCode(withoutLines(before), withoutLines(program))).toBe(true);
        for (const loop of program.loops) {
          const old = before.loops[loop.id]!;
          expect(loop.annotationBlocks.length).toBe(Math.max(1, old.annotationBlocks.length));
          expect(loop.invariants.length).toBe(old.invariants.length + 2);
          const texts = new Map(program.variables.map(({ name, text }) => [name, text]));
          const names = (one: typeof loop) =>
            one.assigns?.locations.map((location) => texts.get(location.variable));
          expect(names(loop)).toEqual(names(old) ?? answer.assigns[loop.id]);
          expect(loop.variant).not.toBeNull();
          const order = [
            ...loop.invariants.map(({ span }) => span.start),
            loop.assigns!.span.start,
            loop.variant!.span.start,
          ];
          expect(order).toEqual([...order].sort((a, b) => a - b));
        }
        expect(draftEdit(documentOf(after), program, answerFor(program)).insertions).toEqual([]);
      }),
      { numRuns: 600, seed: 3 },
    );
    expect(tried).toBeGreaterThan(300);
  });
});
