/** Values of a file's own inductive types that are tried, at most; each constructor may be nested so deep. */
const MOST = 6;
const DEEPEST = 2;
/** Of each argument's values, and arguments of a constructor: what is larger says little more. */
const PER_ARGUMENT = 2;
const MOST_ARGUMENTS = 4;

interface Constructor {
  readonly name: string;
  /** Types of its arguments, as they are written. */
  readonly parameters: readonly string[];
}

interface Inductive {
  /** Names of the type's own parameters, in order. */
  readonly variables: readonly string[];
  readonly constructors: readonly Constructor[];
}

/** Small values of a type by its text: `Tree Nat`. Null for what is not known. */
export type Inhabitants = (type: string) => readonly string[] | null;

/**
 * The values of the inductive types that a text declares, written with a dot before a constructor, for Lean to complete by the expected type. `known` has
 * those of other types. A guess about text: what Lean does not take is a value less.
 */
export function inhabitants(text: string, known: Inhabitants): Inhabitants {
  const declared = readInductives(text);
  const values = (type: string, depth: number): readonly string[] | null => {
    const plain = type.replace(/^\((.*)\)$/, "$1").trim();
    const basic = known(plain);
    if (basic !== null) return basic;
    const [head, ...given] = splitType(plain);
    const one = declared.get(head!);
    if (one === undefined || one.variables.length !== given.length) return null;
    const concrete = (parameter: string) =>
      parameter.replace(/[\p{L}_][\p{L}\p{N}_']*/gu, (word) => given[one.variables.indexOf(word)] ?? word);
    const made = one.constructors.flatMap(({ name, parameters }) => {
      if (parameters.length === 0) return [`.${name}`];
      if (depth >= DEEPEST || parameters.length > MOST_ARGUMENTS) return [];
      let all = [""];
      for (const parameter of parameters) {
        const some = values(concrete(parameter), depth + 1)?.slice(0, PER_ARGUMENT) ?? [];
        all = all.flatMap((before) =>
          some.map(
            (value) => `${before} ${/[ -]/.test(value) && !/^[[(]/.test(value) ? `(${value})` : value}`,
          ),
        );
      }
      return all.map((rest) => `.${name}${rest}`);
    });
    return made.sort((a, b) => a.length - b.length).slice(0, MOST);
  };
  return (type) => values(type, 0);
}

function readInductives(text: string): ReadonlyMap<string, Inductive> {
  const plain = text.replace(/--[^\n]*/g, "").replace(/\/-[\s\S]*?-\//g, "");
  const found = new Map<string, Inductive>();
  for (const start of plain.matchAll(/^[ \t]*inductive\s+([\p{L}_][\p{L}\p{N}_']*)/gmu)) {
    const name = start[1]!;
    // To the next line that begins another command.
    const rest = plain.slice(start.index + start[0].length);
    const whole = rest.slice(0, /\n(?=[^\s|])|\bderiving\b/.exec(rest)?.index);
    const [head, ...parts] = whole.split("|");
    const variables = [...head!.matchAll(/[({]([^:(){}]+):\s*Type[^(){}]*[)}]/g)].flatMap(([, names]) =>
      names!.trim().split(/\s+/),
    );
    const unbound = head!.replace(/[({][^(){}]*[)}]/g, "");
    // A family, or a proposition.
    if (/→|->|\bProp\b/.test(unbound) || /[({]/.test(unbound)) continue;
    const parameters = [...head!.matchAll(/[({]([^(){}]*)[)}]/g)];
    if (parameters.some(([, one]) => !/:\s*Type/.test(one!))) continue;
    const constructors = parts.map((part) => readConstructor(part.trim())).filter((one) => one !== null);
    found.set(name, { variables, constructors });
  }
  return found;
}

/** `node (l : Tree) (r : Tree)`, or `node : Tree → Tree → Tree`. */
function readConstructor(part: string): Constructor | null {
  const read = /^([\p{L}_][\p{L}\p{N}_']*)((?:\s*\([^()]*(?:\([^()]*\)[^()]*)*\))*)\s*(?::([\s\S]*))?$/u.exec(
    part,
  );
  if (!read) return null;
  const [, name, groups, type] = read;
  const bound = [...groups!.matchAll(/\(([^:()]+):((?:[^()]|\([^()]*\))*)\)/g)].flatMap(([, names, of]) =>
    names!
      .trim()
      .split(/\s+/)
      .map(() => of!.trim()),
  );
  const arrows = (type ?? "").split("→").map((one) => one.trim());
  return { name: name!, parameters: [...bound, ...arrows.slice(0, -1)] };
}

/** A type and its arguments: `Tree (List Nat)` has two parts. */
function splitType(type: string): string[] {
  return (type.match(/\([^()]*\)|[^\s()]+/g) ?? [type]).map((part) => part.replace(/^\((.*)\)$/, "$1"));
}
