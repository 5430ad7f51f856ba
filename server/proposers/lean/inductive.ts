import { type Definition, lastOf, topIndex, wordsOf } from "./shape.ts";

/** A constructor of an inductive type as a case of `induction … with` names it. */
export interface Constructor {
  readonly name: string;
  /** The explicit arguments: the name that the file gives one, or null; and whether it is of the type itself. */
  readonly fields: readonly { readonly name: string | null; readonly recursive: boolean }[];
}

const field = (name: string | null, recursive = false) => ({ name, recursive });

/** Those of the prelude over which induction is done. */
const PRELUDE: ReadonlyMap<string, readonly Constructor[]> = new Map([
  [
    "Nat",
    [
      { name: "zero", fields: [] },
      { name: "succ", fields: [field(null, true)] },
    ],
  ],
  [
    "List",
    [
      { name: "nil", fields: [] },
      { name: "cons", fields: [field("x"), field(null, true)] },
    ],
  ],
  [
    "Option",
    [
      { name: "none", fields: [] },
      { name: "some", fields: [field("a")] },
    ],
  ],
  [
    "Bool",
    [
      { name: "false", fields: [] },
      { name: "true", fields: [] },
    ],
  ],
]);

/** The constructors of a printed type; null when it is none that the prelude or the file declares in a way that is understood. */
export function constructorsOf(
  type: string,
  definitions: readonly Definition[],
): readonly Constructor[] | null {
  const head = /^[\p{L}_][\p{L}\p{N}_'.]*/u.exec(type)?.[0];
  if (head === undefined) return null;
  const known = PRELUDE.get(head);
  if (known) return known;
  const declared = definitions.find(
    ({ name, kind }) => kind === "inductive" && lastOf(name) === lastOf(head),
  );
  return declared && /^inductive\b/.test(declared.statement) ? readConstructors(declared) : null;
}

function readConstructors({ name, statement }: Definition): Constructor[] | null {
  const own = lastOf(name);
  const body = statement.replace(/--[^\n]*/g, " ").replace(/\bderiving\b[\s\S]*$/, "");
  const found: Constructor[] = [];
  for (const part of splitTop(body, "|").slice(1)) {
    const read = /^\s*([\p{L}_][\p{L}\p{N}_'.]*)([\s\S]*)$/u.exec(part);
    if (!read) return null;
    const [, called, rest] = read;
    const colon = topIndex(rest!, ":");
    const binders = colon < 0 ? rest! : rest!.slice(0, colon);
    const type = colon < 0 ? "" : rest!.slice(colon + 1);
    const fields = [...binders.matchAll(/\(([^:()]+):([^()]*(?:\([^()]*\)[^()]*)*)\)/g)].flatMap(
      ([, names, of]) =>
        names!
          .trim()
          .split(/\s+/)
          .map((one) => field(one, headIs(of!, own))),
    );
    for (const argument of splitTop(type, "→").slice(0, -1)) fields.push(field(null, headIs(argument, own)));
    found.push({ name: lastOf(called!), fields });
  }
  return found.length > 0 ? found : null;
}

function headIs(type: string, name: string): boolean {
  const [head] = wordsOf(type);
  return head !== undefined && lastOf(head) === name;
}

/** Pieces between a sign that stands outside all brackets. */
function splitTop(text: string, sign: string): string[] {
  const pieces: string[] = [];
  let rest = text.replaceAll("->", "→");
  for (let at = topIndex(rest, sign); at >= 0; at = topIndex(rest, sign)) {
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at + sign.length);
  }
  return [...pieces, rest];
}

/**
 * `with | nil => ?_ | cons x xs ih => ?_`: each case with names that later tactics can speak of. `hypotheses`: whether there are
 * induction hypotheses to be named. The target's own name is free again, and goes to the argument of its own type. `body`: what
 * stands for a case, given its arguments of the type itself.
 */
export function casesWithNames(
  target: string,
  constructors: readonly Constructor[],
  taken: ReadonlySet<string>,
  hypotheses: boolean,
  body: (recursive: readonly string[]) => string = () => "?_",
): string {
  const cases = constructors.map(({ name, fields }) => {
    const used = new Set(taken);
    used.delete(target);
    const fresh = (stem: string) => {
      let made = stem;
      for (let at = 1; used.has(made); at++) made = `${stem}${at}`;
      used.add(made);
      return made;
    };
    const recursive = fields.filter((one) => one.recursive);
    const names = fields.map((one) =>
      fresh(one.recursive && recursive.length === 1 ? target : (one.name ?? "y")),
    );
    const assumed = hypotheses ? recursive.map(() => fresh("ih")) : [];
    const inner = names.filter((_, at) => fields[at]!.recursive);
    return `| ${[name, ...names, ...assumed].join(" ")} => ${body(inner)}`;
  });
  return `with ${cases.join(" ")}`;
}
