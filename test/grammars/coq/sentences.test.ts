import { expect, test } from "vitest";
import { isOneSentence, readSentences } from "../../../grammars/coq/sentences.ts";

const texts = (text: string) => readSentences(text).sentences.map((sentence) => sentence.text);

test("a full stop ends a sentence only before a blank or the end", () => {
  expect(texts("Require Import Coq.Lists.List. Check Nat.add_0_r.")).toEqual([
    "Require Import Coq.Lists.List.",
    "Check Nat.add_0_r.",
  ]);
});

test("bullets and braces are sentences of their own", () => {
  expect(texts("split. - auto. -- lia. + { easy. } ** now auto.")).toEqual([
    "split.",
    "-",
    "auto.",
    "--",
    "lia.",
    "+",
    "{",
    "easy.",
    "}",
    "**",
    "now auto.",
  ]);
  expect(texts("2: { auto. } [left]: { auto. }")).toEqual(["2: {", "auto.", "}", "[left]: {", "auto.", "}"]);
});

test("an operator inside a sentence is no bullet, and a goal selector is no brace", () => {
  expect(texts("exact (a - b * c). 1: auto. all: try { x }.")).toEqual([
    "exact (a - b * c).",
    "1: auto.",
    "all: try { x }.",
  ]);
});

test("comments nest, hide full stops, and a string in one hides its end", () => {
  expect(texts('auto. (* a. (* b. *) "*)" c. *) lia.')).toEqual(["auto.", "lia."]);
  const [only] = texts("auto (* with. *) with arith.");
  expect(only).toBe(`auto ${" ".repeat(11)} with arith.`);
});

test("a string may hold a full stop, a quote and what looks like a comment", () => {
  expect(texts('idtac "a. b (* "" c". auto.')).toEqual(['idtac "a. b (* "" c".', "auto."]);
});

test("two dots are a token, and the third of three is a full stop", () => {
  expect(texts('Notation "[ x ; .. ; y ]" := (cons x .. (cons y nil) ..). auto...')).toEqual([
    'Notation "[ x ; .. ; y ]" := (cons x .. (cons y nil) ..).',
    "auto...",
  ]);
});

test("numbers with dots and notations with dots", () => {
  expect(texts("Check 1.5. Check p.(fst). Check a.b. ")).toEqual([
    "Check 1.5.",
    "Check p.(fst).",
    "Check a.b.",
  ]);
});

test("attributes, Fail, Proof using and Program obligations are one sentence each", () => {
  const all = ["#[local] Hint Resolve a : core.", "Fail Check x.", "Proof using A B.", "Next Obligation."];
  expect(texts(all.join("\n"))).toEqual(all);
});

test("what the text ends in is reported with its place", () => {
  expect(readSentences("auto. intros").rest).toEqual({ start: 6, message: "this sentence has no full stop" });
  expect(readSentences("auto. (* intros.").rest).toEqual({
    start: 6,
    message: "this comment is never closed",
  });
  expect(readSentences('auto. idtac "x.').rest?.message).toBe("this string is never closed");
});

test("offsets are those of the source", () => {
  const text = "(* é. *) auto.\n  - lia.";
  for (const { start, end, text: own } of readSentences(text).sentences)
    expect(text.slice(start, end)).toBe(own);
});

test("one sentence or more", () => {
  expect(isOneSentence("split; auto. ")).toBe(true);
  expect(isOneSentence("split. auto.")).toBe(false);
  expect(isOneSentence("- auto.")).toBe(false);
  expect(isOneSentence("")).toBe(false);
});
