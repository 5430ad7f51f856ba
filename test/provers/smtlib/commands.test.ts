import { describe, expect, it } from "vitest";
import { LiveCommands, splitCommands } from "../../../provers/smtlib/commands.ts";

describe("commands of a text", () => {
  it("are split at their closing parentheses", () => {
    expect(splitCommands('(push 1)(assert (= |a)b| 1)) ; (no\n (echo ") ""(") \n')).toEqual([
      "(push 1)",
      "(assert (= |a)b| 1))",
      '(echo ") ""(")',
    ]);
    expect(splitCommands("; only a comment")).toEqual([]);
  });

  it.each(["(assert", "(push 1))", "sat", '(echo "open)', "(assert |open)"])("%s is refused", (text) => {
    expect(() => splitCommands(text)).toThrow("offset");
  });
});

describe("commands in force", () => {
  const inForceAfter = (text: string) => {
    const live = new LiveCommands();
    for (const command of splitCommands(text)) live.add(command);
    return live.text().split("\n").filter(Boolean);
  };

  it("forget what was popped", () => {
    expect(inForceAfter("(assert a) (push 1) (assert b) (push 2) (assert c) (pop 2) (assert d)")).toEqual([
      "(assert a)",
      "(push 1)",
      "(assert b)",
      "(assert d)",
    ]);
    expect(inForceAfter("(push 1) (assert a) (pop 1)")).toEqual([]);
    expect(inForceAfter("(push) (assert a) (pop) (assert b)")).toEqual(["(assert b)"]);
  });

  it("keep options over a pop", () => {
    expect(inForceAfter("(push 1) (set-option :random-seed 3) (assert a) (pop 1)")).toEqual([
      "(set-option :random-seed 3)",
    ]);
  });

  it("are not changed by a pop that the solver refuses", () => {
    expect(inForceAfter("(assert a) (pop 1) (assert b)")).toEqual(["(assert a)", "(assert b)"]);
  });

  it("are none after a reset", () => {
    expect(inForceAfter("(set-logic ALL) (push 1) (assert a) (reset)")).toEqual([]);
  });
});
