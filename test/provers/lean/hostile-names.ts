import type { Hostile } from "./hostile-files.ts";

const goal = "theorem a : 1 = 2 := by\n  sorry\n";
const magic = "class Magic : Prop where\n  magic : 1 = 2\naxiom m : 1 = 2\n";

/** A macro for a term that declares a good and a bad constant, of which Lean's printed terms look as if only the good one was meant. */
function named(bad: string): string {
  return `${magic}macro "trick" : term => do
  let good := Lean.mkIdent \`bad
  let bad := Lean.mkIdent ${bad}
  \`(let rec $good:ident (n : Nat) : True := trivial; let rec $bad:ident (n : Nat) : 1 = 2 := m; $bad 0)
instance : Magic := ⟨trick⟩
${goal}`;
}

/** Files of which every one was once taken for a proof: their names and syntax led the judge's questions to something else. */
export const LED_ASTRAY: readonly Hostile[] = [
  [
    "a token in place of a constant that the judge asks for",
    `${magic}instance : Magic := ⟨m⟩\nnotation "_root_.instMagic" => Nat.zero\n${goal}`,
    "exact Magic.magic",
    /the syntax "_root_\.instMagic"/,
  ],
  [
    "such a token in a syntax with a part that has a command's name",
    `${magic}instance : Magic := ⟨m⟩\nsyntax (name :=\nlemma) "_root_.instMagic" : term\n${goal}`,
    "exact Magic.magic",
    /the syntax "_root_\.instMagic"/,
  ],
  [
    "another theorem's statement, by a macro for whatever is asked",
    'theorem good : 1 = 1 := rfl\nmacro (priority := high) "@" x:ident : term => `(good)\nvariable (h : 1 = 2)\ndef a : 1 = 2 := by\n  sorry\n',
    "exact h",
    /the statement is not the same term/,
  ],
  [
    "a constant with a number for a name",
    named("(.num `bad 1)"),
    "exact Magic.magic",
    /computes what it stands for/,
  ],
  [
    "a constant with the name of its parent and a number",
    named("(.num .anonymous 1)"),
    "exact Magic.magic",
    /computes what it stands for/,
  ],
  [
    "a constant with a private name within its name",
    named('(.str (.num `_private.Foo 0) "bad")'),
    "exact Magic.magic",
    /computes what it stands for/,
  ],
  [
    "a program that says that a hole was read",
    '#eval IO.println ("touchstone_" ++ "hole_0_")\nstructure S where\n  h : 1 = 2 := by\n    sorry\n',
    "trivial",
    /does not read the hole/,
  ],
  [
    "a value as a proof, by a macro for `show`",
    "macro_rules | `(tactic| show $t) => `(tactic| skip)\ndef f : Nat := by\n  sorry\n",
    "exact 5",
    /macro_rules at line 1 may decide how the hole is read/,
  ],
];
