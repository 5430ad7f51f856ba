/** A file with a hole, what is put there, and why the judge must refuse it. */
export type Hostile = readonly [what: string, text: string, proof: string, why: RegExp];

const goal = "theorem a : 1 = 2 := by\n  sorry\n";
const magic = "class Magic : Prop where\n  magic : 1 = 2\naxiom m : 1 = 2\n";
const print = 'macro "#print " x:ident : command => `(#eval 1)\n';
const kernel = "set_option debug.skipKernelTC true\n";
const commands = /decides how commands are read/;
const doubt = /can be read in two ways/;
const many = "#".repeat(25);

/** Files that were once read otherwise than Lean reads them: in what Lean takes for code, commands stood that were not seen. */
export const MISREAD: readonly Hostile[] = [
  ["a number with a command right behind it", `set_option maxRecDepth 512${print}${goal}`, "rfl", commands],
  ["a raw string with many signs", `def c := r${many}" ""${many}\n${print}${goal}`, "rfl", commands],
  ["a quoted name with a line break", `def «\n"» := 1\n${print}${goal}`, "rfl", commands],
  [
    "a quotation mark in braces of a string",
    `def s := s!"{'"'}"\n${kernel}${goal}`,
    "rfl",
    /without its kernel/,
  ],
  ["λ before a character", `def f : Char → Nat := (λ'"' => 1)\n${print}${goal}`, "rfl", doubt],
  ["an arrow before a sign", `def y : Id Int := do let z <--1; pure z\n${goal}`, "rfl", doubt],
  ["a token of its own with a quotation mark", `notation "x\\"" => 1\n${goal}`, "rfl", doubt],
  ["a token of its own that ends in a sign", `notation "x-" => 1\ndef y := x--1\n${goal}`, "rfl", doubt],
  ["a string of a macro of its own", `syntax "t! " str : term\ndef s := t! "{"a"}"\n${goal}`, "rfl", doubt],
];

/** Files of which every one was once taken for a proof of `1 = 2`, or could forge one. */
export const TRICKS: readonly Hostile[] = [
  [
    "private declarations that look like the header",
    `private class Magic : Prop where magic : 1 = 2\nprivate axiom m : 1 = 2\nprivate instance : Magic := ⟨m⟩\n${goal}`,
    "exact Magic.magic",
    /conditional on m at/,
  ],
  [
    "an unsafe definition that rests on itself",
    "unsafe def bad (n : Nat) : 1 = 2 := bad n\nunsafe def a : 1 = 2 := by\n  sorry\n",
    "exact bad 0",
    /what is unsafe may rest on itself/,
  ],
  [
    "an axiom between a character and a string, both with quotation marks",
    `axiom m : 1 = 2\ndef f (_ : Char) (h : 1 = 2) (_ : String) := h\ntheorem bad : 1 = 2 := f '"' m ""\n${goal}`,
    "exact bad",
    /conditional on m at/,
  ],
  [
    "a comment that is never closed",
    `theorem a : 1 = 1 := by\n  sorry\n/- axiom m : 1 = 2\n`,
    "rfl",
    /the comment that begins at line 3 is never closed/,
  ],
  [
    "a constant that a macro named",
    `${magic}macro "trick" : term => \`(let rec bad (n : Nat) : 1 = 2 := m; bad 0)\ninstance : Magic := ⟨trick⟩\n${goal}`,
    "exact Magic.magic",
    /does not show all of instMagic/,
  ],
  [
    "another theorem under the name that an example gets",
    "theorem touchstone_example : 1 = 1 := rfl\naxiom m : 1 = 2\nnamespace N\nexample : 1 = 2 := by\n  sorry\nend N\n",
    "exact m",
    /conditional on m at/,
  ],
  [
    "another theorem under the name of a private one",
    "axiom m : 1 = 2\nprivate theorem foo : 1 = 2 := by\n  sorry\nnamespace B\ntheorem foo : 1 = 1 := rfl\n",
    "exact m",
    /does not know the theorem/,
  ],
  [
    "a macro for what stands behind `in`",
    `axiom m : 1 = 2\nmacro_rules | \`($a in $b) => pure b\n${goal}`,
    "exact m",
    commands,
  ],
  [
    "a macro that answers in place of `in`",
    `axiom m : 1 = 2\ntheorem good : 1 = 1 := rfl\nmacro_rules | \`($a in $b) => pure (if b.raw.isOfKind \`Lean.Parser.Command.print then b.raw.setArg 1 (Lean.mkIdent \`good) else b.raw)\n${goal}`,
    "exact m",
    /computes what it stands for/,
  ],
  [
    "a macro for commands, known by a name that is open",
    `axiom m : 1 = 2\ntheorem good : 1 = 1 := rfl\nopen Lean.Parser.Command\nmacro_rules | \`($c:print) => \`($c:print)\n${goal}`,
    "exact m",
    commands,
  ],
  [
    "a macro that computes the option by which the kernel is switched off",
    `macro "trick" : tactic => do\n  let n := Lean.Name.mkStr (Lean.Name.mkSimple "debug") ("skipKernel" ++ "TC")\n  \`(tactic| set_option $(Lean.mkIdent n):ident true in decide +kernel)\ntheorem bad : 1 = 2 := by trick\n${goal}`,
    "exact bad",
    /computes what it stands for/,
  ],
  [
    "a macro that computes it from a word",
    `macro "trick " x:ident : tactic => do\n  \`(tactic| set_option $(Lean.mkIdent (x.getId.appendAfter "bug" ++ (\`skipKernel).appendAfter "TC")):ident true in decide +kernel)\ntheorem bad : 1 = 2 := by trick de\n${goal}`,
    "exact bad",
    /computes what it stands for/,
  ],
  [
    "a program that writes where Lean answers",
    `#eval (IO.FS.writeFile "/dev/stdout" "Content-Length: 0" : IO Unit)\n${goal}`,
    "rfl",
    /where Lean's answers come from \(FS, line 1\)/,
  ],
  [
    "a thread that does",
    `#eval (do discard (println! "x").asTask : IO Unit)\n${goal}`,
    "rfl",
    /where Lean's answers come from \(asTask, line 1\)/,
  ],
  [
    "a function of the file as a part of Lean",
    `import Lean\nopen Lean Elab Term in\n@[term_elab Lean.Parser.Term.sorry] meta def trick : TermElab := fun _ _ => do return mkNatLit 5\n${goal}`,
    "rfl",
    /can declare what is not written there|decides how commands are read/,
  ],
  [
    "a part of a namespace that is ended",
    "theorem a : 1 = 1 := rfl\naxiom m : 1 = 2\nnamespace A.B\nend B\ntheorem a : 1 = 2 := by\n  sorry\n",
    "exact m",
    /conditional on m at line 2/,
  ],
];

/** Proofs that were once taken though they were none, or changed more than the hole. */
export const PROOFS: readonly Hostile[] = [
  [
    "nonsense as the default of a field",
    "structure S where\n  h : 1 = 2 := by\n    sorry\n",
    "trivial",
    /does not read the hole at line 3/,
  ],
  [
    "nonsense as the default of an argument",
    "def T : Prop := ∀ (h : 1 = 2 := by sorry), 1 = 2\n",
    "trivial",
    /does not read the hole at line 1/,
  ],
  [
    "nonsense as an alternative that is not needed",
    "theorem a : 1 = 1 := by\n  first | rfl | sorry\n",
    "exact Nat.no_such_lemma",
    /does not read the hole at line 2/,
  ],
  [
    "nonsense where a failure is not missed",
    "theorem a : True ∧ True := by\n  constructor\n  try sorry\n  all_goals trivial\n",
    "exact Nat.no_such_lemma",
    /what is put at line 3 fails there/,
  ],
  [
    "a command of Lean's behind the proof",
    "theorem a : 1 = 1 := by\n  sorry\n",
    "rfl\n  seal Nat.add",
    /does not end where it is put/,
  ],
  [
    "a command of Lean's behind a term, on the same line",
    "theorem a : 1 = 1 := sorry\n",
    "by rfl seal Nat.add",
    /does not end where it is put/,
  ],
  [
    "hypotheses for the theorems behind it",
    "section\nvariable (n : Nat) (h : n = 1)\ntheorem a : 1 = 1 := by\n  sorry\ntheorem b : n = n := rfl\nend\n",
    "rfl\n  include h",
    /leaves its declaration/,
  ],
  [
    "a forbidden word behind a number",
    "theorem a : 1 = 1 := by\n  sorry\n",
    "iterate 1stop",
    /stop is not allowed/,
  ],
];

/** Files and proofs that look like one of these, and are what they say. */
export const HONEST: readonly (readonly [what: string, text: string, proof: string])[] = [
  ["an example in a namespace", "namespace N\nexample : 1 = 1 := by\n  sorry\nend N\n", "rfl"],
  [
    "strings with braces, and an output of the file's own",
    'def f (n : Nat) := s!"{n} {String.join ["a", "}"]}"\ndef g := "{ " ++ "}"\n#eval f 1\n#eval (do IO.println g : IO Unit)\ntheorem a : 1 = 1 := by sorry\n',
    "rfl",
  ],
  [
    "notations with signs and macros for terms",
    'syntax "∑\' " ident " in " term ", " term : term\nmacro_rules | `(∑\' $x in $s, $f) => `(List.foldl (fun a $x => a + $f) 0 $s)\nnotation x " ⊖\' " y => x - y\ntheorem a : (∑\' x in [1, 2], x) = 3 := by sorry\n',
    "rfl",
  ],
  [
    "an example whose proof speaks of a variable",
    "section\nvariable (q : Prop)\nend\nvariable {α : Type} (p : Prop) (h : p) [inst : Inhabited α]\nexample : p := by\n  sorry\n",
    "exact h",
  ],
  [
    "a hole that stands for several goals",
    "theorem a (p q : Prop) (hp : p) (hq : q) : p ∧ q := by\n  constructor <;> sorry\n",
    "assumption",
  ],
  [
    "a hole for all goals",
    "theorem a (p q : Prop) (hp : p) (hq : q) : p ∧ q := by\n  constructor\n  all_goals sorry\n",
    "assumption",
  ],
  [
    "a hole where a failure would not be missed",
    "theorem a (p : Prop) (h : p) : True ∧ p := by\n  constructor\n  try sorry\n  all_goals assumption\n",
    "trivial",
  ],
  [
    "namespaces that are ended together",
    "namespace A\nnamespace B\ntheorem b : 1 = 1 := rfl\nend A.B\ntheorem a : 1 = 1 := by\n  sorry\n",
    "rfl",
  ],
  [
    "a file with the line breaks of Windows",
    "theorem a (p : Prop) : p → p := by\r\n  sorry\r\n",
    "intro h\r\n  exact h",
  ],
  ["a private theorem", "namespace N\nprivate theorem a : 1 = 1 := by\n  sorry\nend N\n", "rfl"],
];
