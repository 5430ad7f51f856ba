/** Integers of a contract or a body. `old` stands in contracts only; `bit` is the lowest bit, an index that is in range. */
export type Term =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "x" }
  /** The counter of a loop. */
  | { readonly kind: "i"; readonly name: string }
  | Location
  | { readonly kind: "add"; readonly left: Term; readonly right: Term }
  | { readonly kind: "bit"; readonly of: Term }
  | { readonly kind: "old"; readonly of: Term };

/** Members of the global structures `s` and `t`. */
export type Field = "s.m" | "s.n" | "t.m" | "t.n";
export const FIELDS: readonly Field[] = ["s.m", "s.n", "t.m", "t.n"];

/** The globals `g` and `h`, members of structures, elements of the global array `c`, elements of what the parameter `q` points to. */
export type Location =
  | { readonly kind: "g" }
  | { readonly kind: "h" }
  | { readonly kind: Field }
  | { readonly kind: "c"; readonly index: Term }
  | { readonly kind: "q"; readonly index: Term };

export type Claim =
  | {
      readonly kind: "compare";
      readonly relation: "==" | "<" | "<=";
      readonly left: Term;
      readonly right: Term;
    }
  | { readonly kind: "implies"; readonly left: Claim; readonly right: Claim }
  | { readonly kind: "old"; readonly of: Claim }
  /** The predicate `pos` of an integer. */
  | { readonly kind: "pos"; readonly of: Term }
  /** The predicate `two` of a pointer: both elements from there are positive. */
  | { readonly kind: "two"; readonly base: "c" | "q"; readonly at: Term }
  /** `two` of the pointers to the first elements of `c`. */
  | { readonly kind: "all" };

/** What an `assigns` clause lists. */
export type Listed =
  | { readonly kind: "g" }
  | { readonly kind: "h" }
  | { readonly kind: Field }
  | { readonly kind: "c"; readonly low: Term; readonly high: Term }
  | { readonly kind: "q"; readonly low: Term; readonly high: Term };

export interface Behavior {
  readonly assumes: Claim;
  readonly assigns: readonly Listed[] | null;
  readonly ensures: readonly Claim[];
}

export interface Contract {
  readonly assigns: readonly Listed[] | null;
  readonly ensures: readonly Claim[];
  readonly behaviors: readonly Behavior[];
}

export type Statement =
  | {
      readonly kind: "assign";
      readonly target: Location | { readonly kind: "x" };
      readonly add: boolean;
      readonly value: Term;
    }
  | {
      readonly kind: "if";
      readonly left: Term;
      readonly right: Term;
      readonly then: readonly Statement[];
      readonly else: readonly Statement[];
    }
  /** `s = t;` or the other way round. */
  | { readonly kind: "copy"; readonly to: "s" | "t" }
  | Loop
  | { readonly kind: "call"; readonly base: "c" | "q"; readonly at: Term; readonly x: Term };

/** A loop that counts up from 0; the bound may change on the way. */
export interface Loop {
  readonly kind: "loop";
  readonly counter: string;
  readonly bound: Term;
  readonly invariants: readonly Claim[];
  readonly assigns: readonly Listed[];
  readonly body: readonly Statement[];
}

/** `void name(int *q, int x)`; `length` elements of `q` are valid. */
export interface Fn {
  readonly name: string;
  readonly length: number;
  readonly contract: Contract;
  readonly body: readonly Statement[];
}

export const PRELUDE = `int g; int h; int c[3];
struct pair { int m; int n; } s, t;
/*@ predicate pos(integer x) = x > 0; */
/*@ predicate two(int *q) = \\forall integer i; 0 <= i < 2 ==> q[i] > 0; */
`;

export function printTerm(term: Term, before = "\\old(#)"): string {
  const inner = (one: Term) => printTerm(one, before);
  switch (term.kind) {
    case "number":
      return term.value < 0 ? `(${term.value})` : `${term.value}`;
    case "add":
      return `(${inner(term.left)} + ${inner(term.right)})`;
    case "bit":
      return `(${inner(term.of)} & 1)`;
    case "old":
      return before.replace("#", inner(term.of));
    case "i":
      return term.name;
    case "c":
    case "q":
      return `${term.kind}[${inner(term.index)}]`;
    default:
      return term.kind;
  }
}

export function printClaim(claim: Claim, before = "\\old(#)"): string {
  const inner = (one: Claim) => printClaim(one, before);
  const print = (one: Term) => printTerm(one, before);
  switch (claim.kind) {
    case "compare":
      return `${print(claim.left)} ${claim.relation} ${print(claim.right)}`;
    case "implies":
      return `((${inner(claim.left)}) ==> (${inner(claim.right)}))`;
    case "old":
      return before.replace("#", inner(claim.of));
    case "pos":
      return `pos(${print(claim.of)})`;
    case "two":
      return `two(${claim.base} + ${print(claim.at)})`;
    case "all":
      return "(\\forall integer i; 0 <= i < 2 ==> two(c + i))";
  }
}

function printAssigns(assigns: readonly Listed[] | null): string {
  if (assigns === null) return "";
  return `  assigns ${assigns.map(printListed).join(", ") || "\\nothing"};\n`;
}

function printListed(one: Listed): string {
  if (one.kind !== "c" && one.kind !== "q") return one.kind;
  return `${one.kind}[${printTerm(one.low)} .. ${printTerm(one.high)}]`;
}

function printLoop({ counter, bound, invariants, assigns, body }: Loop): string {
  const claims = invariants.map((one) => `loop invariant ${printClaim(one, "\\at(#, Pre)")}; `).join("");
  const changed = [counter, "x", ...assigns.map(printListed)].join(", ");
  const inside = body.map(printStatement).join(" ");
  return `int ${counter} = 0;
/*@ ${claims}loop assigns ${changed}; */
while (${counter} < ${printTerm(bound)}) { ${inside} ${counter} += 1; }`;
}

function printStatement(statement: Statement): string {
  switch (statement.kind) {
    case "assign": {
      const { target, add, value } = statement;
      return `${printTerm(target)} ${add ? "+=" : "="} ${printTerm(value)};`;
    }
    case "if": {
      const [then, otherwise] = [statement.then, statement.else].map((one) =>
        one.map(printStatement).join(" "),
      );
      return `if (${printTerm(statement.left)} < ${printTerm(statement.right)}) { ${then} } else { ${otherwise} }`;
    }
    case "copy":
      return statement.to === "s" ? "s = t;" : "t = s;";
    case "loop":
      return printLoop(statement);
    case "call":
      return `k(${statement.base} + ${printTerm(statement.at)}, ${printTerm(statement.x)});`;
  }
}

export function printFunction({ name, length, contract, body }: Fn): string {
  const ensures = (claims: readonly Claim[]) =>
    claims.map((one) => `  ensures ${printClaim(one)};\n`).join("");
  const behaviors = contract.behaviors.map(
    (one, index) =>
      `  behavior b${index}:\n  assumes ${printClaim(one.assumes)};\n${printAssigns(one.assigns)}${ensures(one.ensures)}`,
  );
  return `/*@ requires \\valid(q + (0 .. ${length - 1}));
${printAssigns(contract.assigns)}${ensures(contract.ensures)}${behaviors.join("")}*/
void ${name}(int *q, int x) { ${body.map(printStatement).join(" ")} }
`;
}
