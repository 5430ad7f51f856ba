import { expect, it } from "vitest";
import { lark } from "../../../grammars/emit/lark.ts";
import { steps } from "./steps.ts";

// Read by python's lark 1.3 and by llguidance when it was written; what they need is this shape.
it("emits Lark for the same texts as GBNF", () => {
  expect(lark(steps, { maxDepth: 1 })).toBe(
    `start: sequence_step_1
sequence_step_1: step_step_1 (" "? (";" " "?) step_step_1)~0..2
step_step_1: take_step | use_step | block_step_1
block_step_1: "(" sequence_step_0 ")"
sequence_step_0: step_step_0 (" "? (";" " "?) step_step_0)~0..2
step_step_0: take_step | use_step
use_step: "#use" " "? "[" (word_word ("," " "? word_word)~0..3) "]" (" "? "@" USE_PLACE)?
take_step: "#take" " " (word_word (" " word_word)~0..2)
word_word: WORD_TEXT
WORD_TEXT: /(x\\-1|ab|a)/
USE_PLACE: /(goal|h2|h)/
`,
  );
});
