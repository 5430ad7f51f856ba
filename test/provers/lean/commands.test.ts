import { describe, expect, it } from "vitest";
import { readOutline } from "../../../grammars/lean/outline.ts";
import { examineCommands } from "../../../provers/lean/review/commands.ts";

const goal = "theorem a : 1 = 2 := by\n  sorry\n";

describe("a file's own commands, for a Lean with its modules", () => {
  it.each([
    [
      "a linter that says what Lean should say",
      "import Lean\nopen Lean Elab Command\nset_option Elab.async false\nrun_cmd lintersRef.modify (·.push { run := fun _ => modify fun s => { s with messages := {} } })\n",
      /lintersRef, line 4/,
    ],
    [
      "a linter that is added",
      "import Lean\n#eval Lean.Elab.Command.addLinter { run := fun _ => pure () }\n",
      /addLinter, line 2/,
    ],
    [
      "an entry among the elaborators of commands",
      "import Lean\nopen Lean Elab Command\nrun_cmd liftCoreM (commandElabAttribute.ext.addEntry x)\n",
      /commandElabAttribute, line 3/,
    ],
  ])("are not believed with %s", (_, head, why) => {
    const text = head + goal;
    expect(examineCommands(text, readOutline(text), false).refused).toMatch(why);
  });

  it("are believed with a tactic of the file's own, which is told", () => {
    const text = `import Lean\nopen Lean Elab Tactic\nelab "mine" : tactic => do evalTactic (← \`(tactic| rfl))\n${goal}`;
    const { refused, assumptions } = examineCommands(text, readOutline(text), false);
    expect(refused).toBeNull();
    expect(assumptions).toEqual(["the file's own syntax (line 3) is read as the file defines it"]);
  });
});
