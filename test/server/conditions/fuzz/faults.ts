// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source text.
/** A fault seeded into a copy of the code under attack: one place of its text replaced. */
export interface Fault {
  readonly name: string;
  /** From the root of the source tree. */
  readonly file: string;
  /** Occurs exactly once. */
  readonly replace: string;
  readonly by: string;
}

const PASSIVE = "server/conditions/passive.ts";
const OBLIGATIONS = "server/conditions/obligations.ts";
const SMTLIB = "server/conditions/smtlib.ts";
const LOWER = "server/program/lower";

export const FAULTS: readonly Fault[] = [
  {
    name: "initiation is dropped",
    file: OBLIGATIONS,
    replace: `...edgeObligations(passive, claim, "initiation"),`,
    by: "",
  },
  {
    name: "consecution is dropped",
    file: OBLIGATIONS,
    replace: `...edgeObligations(passive, claim, "consecution"),`,
    by: "",
  },
  { name: "use is dropped", file: OBLIGATIONS, replace: "...passive.uses.map(useObligation),", by: "" },
  {
    name: "postconditions are dropped",
    file: OBLIGATIONS,
    replace: "...passive.uses.map(useObligation),",
    by: `...passive.uses.filter((use) => use.command.what !== "ensures").map(useObligation),`,
  },
  {
    name: "the first conjunct is assumed but not proved",
    file: OBLIGATIONS,
    replace: "(claim.invariants[edge.loop] ?? []).map(",
    by: "(claim.invariants[edge.loop] ?? []).slice(1).map(",
  },
  {
    name: "a variant may be negative",
    file: OBLIGATIONS,
    replace: `or(compare("<", before, integer(0)), compare(">=", after, before))`,
    by: `compare(">=", after, before)`,
  },
  {
    name: "a variant need not decrease",
    file: OBLIGATIONS,
    replace: `or(compare("<", before, integer(0)), compare(">=", after, before))`,
    by: `compare("<", before, integer(0))`,
  },
  {
    name: "a variant may stay the same",
    file: OBLIGATIONS,
    replace: `compare(">=", after, before)`,
    by: `compare(">", after, before)`,
  },
  {
    name: "a contradictory invariant makes its own initiation hold",
    file: "server/conditions/checker.ts",
    replace: `const here = implies({ kind: "symbol", name: head.assumed }, at(formula, head.state));`,
    by: "const here = at(formula, head.state);",
  },
  {
    name: "only the loop's own head counts for its frame",
    file: `${LOWER}/index.ts`,
    replace: "targetsOf(blocks.map((block) => body.blocks[block]!))",
    by: "targetsOf([body.blocks[heads[id]!]!])",
  },
  {
    name: "what an inner loop changes is not in the outer frame",
    file: `${LOWER}/index.ts`,
    replace: "targetsOf(blocks.map((block) => body.blocks[block]!))",
    by: "targetsOf(blocks.filter((block) => !extents.some((other, index) => index !== id && other.blocks.length < blocks.length && other.blocks.includes(block))).map((block) => body.blocks[block]!))",
  },
  {
    name: "one modified variable keeps its value",
    file: PASSIVE,
    replace: "for (const name of loop.modified)",
    by: "for (const name of loop.modified.slice(1))",
  },
  {
    name: "an assertion is assumed where it is checked",
    file: PASSIVE,
    replace: "this.#uses.push({ command, reach, condition,",
    by: "this.#uses.push({ command, reach: and(reach, condition), condition,",
  },
  {
    name: "the other branch is taken under the same condition",
    file: PASSIVE,
    replace: `const otherwise: Formula = { kind: "not", argument: condition };`,
    by: "const otherwise: Formula = condition;",
  },
  {
    name: "where paths meet, the values of the wrong one are taken",
    file: PASSIVE,
    replace: "condition: arrivals[i]!.reach, then",
    by: "condition: arrivals[i + 1]!.reach, then",
  },
  {
    name: "the first path to a join hides the others",
    file: PASSIVE,
    replace: "if (arrivals.length === 1) return first;",
    by: "if (arrivals.length > 0) return first;",
  },
  {
    name: "the way into a loop is taken for a way around it",
    file: "server/conditions/order.ts",
    replace: "loop.head === to && loop.blocks.includes(from)",
    by: "loop.head === to",
  },
  {
    name: "an assumption is ignored",
    file: PASSIVE,
    replace: `const after = this.#named("reach", and(reach, this.#fact(this.#formula(command.condition, state))));`,
    by: "const after = reach;",
  },
  {
    name: "division is Euclid's",
    file: SMTLIB,
    replace: `return \`(let ((dividend \${left})) (ite (>= dividend 0) \${text("dividend")} (- \${text("(- dividend)")})))\`;`,
    by: "return text(left);",
  },
  {
    name: "a remainder has the wrong sign",
    file: SMTLIB,
    replace: `(- \${text("(- dividend)")})))\``,
    by: `\${operator === "mod" ? text("(- dividend)") : \`(- \${text("(- dividend)")})\`}))\``,
  },
  {
    name: "unsigned does not wrap",
    file: SMTLIB,
    replace: "return `(mod ${argument} ${size})`;",
    by: "return argument;",
  },
  {
    name: "narrowing to a signed type forgets the sign",
    file: SMTLIB,
    replace: "return `(- (mod (+ ${argument} ${size / 2n}) ${size}) ${size / 2n})`;",
    by: "return `(mod ${argument} ${size})`;",
  },
  {
    name: "_Bool holds any value",
    file: `${LOWER}/value.ts`,
    replace: `if (type.name === "_Bool") return truthValue(conditionOf(value), type);`,
    by: `if (type.name === "_Bool") return { ...value, type };`,
  },
  {
    name: "a conditional takes the other arm",
    file: SMTLIB,
    replace: "${smtTerm(term.then)} ${smtTerm(term.else)}",
    by: "${smtTerm(term.else)} ${smtTerm(term.then)}",
  },
  { name: "<= is <", file: SMTLIB, replace: `"<=": "<=",`, by: `"<=": "<",` },
  { name: "!= is ==", file: SMTLIB, replace: `"!=": "distinct",`, by: `"!=": "=",` },
  {
    name: "an implication is turned round",
    file: SMTLIB,
    replace: "return `(=> ${smtFormula(formula.left)} ${smtFormula(formula.right)})`;",
    by: "return `(=> ${smtFormula(formula.right)} ${smtFormula(formula.left)})`;",
  },
  {
    name: "a right shift truncates",
    file: SMTLIB,
    replace: "return `(div ${smtTerm(term.left)} ${power(term.right)})`;",
    by: `return truncating("div", smtTerm(term.left), power(term.right));`,
  },
  {
    name: "unsigned values begin at one",
    file: "server/program/integer.ts",
    replace: ": { low: 0n, high: size - 1n };",
    by: ": { low: 1n, high: size - 1n };",
  },
  {
    name: "the step of a `for` is left out",
    file: `${LOWER}/loop.ts`,
    replace: "  lowerFullExpression(ctx, step);\n",
    by: "",
  },
  {
    name: "`continue` skips the step",
    file: `${LOWER}/loop.ts`,
    replace: "lowerBody(ctx, statement.body, exit, next);",
    by: "lowerBody(ctx, statement.body, exit, head);",
  },
  {
    name: "`do` tests before its first iteration",
    file: `${LOWER}/loop.ts`,
    replace: `if (statement.kind === "do") lowerDo(ctx, statement, head, exit);`,
    by: `if (statement.kind === "do") lowerHeaded(ctx, { ...statement, kind: "while" }, head, body, exit);`,
  },
  {
    name: "`continue` of a `do` skips the test",
    file: `${LOWER}/loop.ts`,
    replace: "lowerBody(ctx, statement.body, exit, test);",
    by: "lowerBody(ctx, statement.body, exit, head);",
  },
  {
    name: "`break` goes on with the loop",
    file: `${LOWER}/loop.ts`,
    replace: "ctx.targets.push({ breakTo, continueTo });",
    by: "ctx.targets.push({ breakTo: continueTo, continueTo });",
  },
  {
    name: "`x++` yields the new value",
    file: `${LOWER}/assignment.ts`,
    replace: "if (expression.prefix || !used)",
    by: "if (expression.prefix || used || !used)",
  },
  {
    name: "`-=` adds",
    file: `${LOWER}/assignment.ts`,
    replace: "operator.slice(0, -1) as",
    by: `operator.slice(0, -1).replace("-", "+") as`,
  },
  {
    name: "assignment does not convert",
    file: `${LOWER}/located.ts`,
    replace: "const converted = convert(value, type, ctx.reading);",
    by: "const converted = { ...value, type };",
  },
  {
    name: "`&&` evaluates its right operand always",
    file: `${LOWER}/branching.ts`,
    replace: `if (expression.operator === "&&") lowerBranch(ctx, expression.left, right, otherwise);`,
    by: `if (expression.operator === "&&") lowerBranch(ctx, expression.left, right, right);`,
  },
  {
    name: "`||` evaluates its right operand always",
    file: `${LOWER}/branching.ts`,
    replace: "else lowerBranch(ctx, expression.left, then, right);",
    by: "else lowerBranch(ctx, expression.left, right, right);",
  },
  {
    name: "the arms of `?:` are swapped",
    file: `${LOWER}/branching.ts`,
    replace: `condition, then: then.term, else: otherwise.term`,
    by: `condition, then: otherwise.term, else: then.term`,
  },
  {
    name: "a switch does not fall through",
    file: `${LOWER}/switch.ts`,
    replace: "if (block !== undefined) ctx.graph.fall(block);",
    by: "if (block !== undefined) { ctx.graph.goto(exit); ctx.graph.enter(block); }",
  },
  {
    name: "`default` is never taken",
    file: `${LOWER}/switch.ts`,
    replace: "ctx.graph.goto(fallback ?? exit);",
    by: "ctx.graph.goto(exit);",
  },
  {
    name: "division by zero is no obligation",
    file: `${LOWER}/arithmetic.ts`,
    replace: "if (!nonZero) {",
    by: "if (nonZero && !nonZero) {",
  },
  {
    name: "overflow is no obligation",
    file: `${LOWER}/arithmetic.ts`,
    replace: "obligations: [overflow(within(term, rangeOf(type), range), type)],",
    by: "obligations: [],",
  },
  {
    name: "a shift by the width is defined",
    file: `${LOWER}/bitwise.ts`,
    replace: "high: BigInt(type.bits) - 1n }",
    by: "high: BigInt(type.bits) }",
  },
  {
    name: "comparisons are of integers of any size",
    file: `${LOWER}/arithmetic.ts`,
    replace: `  const [a, b] = [convert(left, type, reading), convert(right, type, reading)];
  return truthValue(`,
    by: `  const [a, b] = [{ ...left, type }, { ...right, type }];
  return truthValue(`,
  },
  {
    name: "signed wins over unsigned",
    file: `${LOWER}/value.ts`,
    replace: "if (unsigned.rank >= signed.rank) return unsigned;",
    by: "if (unsigned.rank >= signed.rank) return signed;",
  },
  {
    name: "narrow types are not promoted",
    file: `${LOWER}/value.ts`,
    replace: `return type.rank < 3 ? typeNamed("int", reading) : type;`,
    by: 'return type.rank < 0 ? typeNamed("int", reading) : type;',
  },
  {
    name: "reading what is not initialised is no obligation",
    file: `${LOWER}/expression.ts`,
    replace: "if (entity.flag !== null) {",
    by: 'if (entity.flag !== null && name === "") {',
  },
  {
    name: "initialised on one path counts as initialised",
    file: `${LOWER}/initialised.ts`,
    replace: "new Map([...old].filter(([flag, value]) => known.get(flag) === value))",
    by: "new Map([...old, ...known])",
  },
  {
    name: "`assigns` clauses are not checked",
    file: `${LOWER}/assigns.ts`,
    replace: "if (frames.length === 0) return [...blocks];",
    by: "if (frames.length >= 0) return [...blocks];",
  },
  {
    name: "\\at(x, Pre) is x",
    file: `${LOWER}/entry.ts`,
    replace: "arguments_.filter(({ name }) => !changed.has(name)).map(({ name }) => [preName(name), name]),",
    by: "arguments_.map(({ name }) => [preName(name), name]),",
  },
  {
    name: "a parameter in `ensures` has its last value",
    file: `${LOWER}/annotation-term.ts`,
    replace: `(reader.place === "ensures" && entity.variable.role === "parameter");`,
    by: `(reader.place === "ensures" && entity.variable.role === "flag");`,
  },
  {
    name: "a loop's extent lacks what leads to its back edge",
    file: `${LOWER}/natural.ts`,
    replace: "pending.push(...predecessors[id]!);",
    by: "if (extent.size < 3) pending.push(...predecessors[id]!);",
  },
  {
    name: "Houdini tries arrivals from outside only",
    file: "server/conditions/houdini.ts",
    replace: `    ...passive.edges.map((edge) =>
      and(`,
    by: `    ...passive.edges.filter((edge) => edge.kind === "initiation").map((edge) =>
      and(`,
  },
  {
    name: "a run goes on past a failed assumption",
    file: "server/program/interpret.ts",
    replace: `if (truth) {\n          this.#limits`,
    by: `if (truth || command.kind === "assume") {\n          this.#limits`,
  },
  {
    name: "an iteration beyond the unrolling's depth counts as none",
    file: "server/program/unroll.ts",
    replace: `commands: [{ kind: "assume", condition: FALSE, because: "assume", span }],`,
    by: `commands: [{ kind: "assert", condition: FALSE, what: "assertion", text: "", span }],`,
  },
];
