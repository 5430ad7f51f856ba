/** What automata read: a character of ASCII by its code, `OTHER` for any other, `END`; tokens and rules by name. */
export type Letter = number | string;
export const OTHER = 128;
export const END = 129;

/** A regular expression that can be gone along (Brzozowski 1964). Those of one key are one object. */
export interface Exp {
  readonly id: number;
  readonly key: string;
  readonly empty: boolean;
  readonly after: (symbol: Letter) => Exp;
}

const known = new Map<string, Exp>();
const parts = new Map<Exp, readonly Exp[]>();

function exp(key: string, empty: boolean, step: (symbol: Letter) => Exp): Exp {
  const next = new Map<Letter, Exp>();
  const after = (symbol: Letter): Exp => next.get(symbol) ?? next.set(symbol, step(symbol)).get(symbol)!;
  return known.get(key) ?? known.set(key, { id: known.size, key, empty, after }).get(key)!;
}

export const NONE: Exp = exp("!", false, () => NONE);
const EMPTY: Exp = exp("", true, () => NONE);
const EVERYTHING: Exp = exp(".*", true, (symbol) => (symbol === END ? NONE : EVERYTHING));

export function oneOf(symbols: ReadonlySet<Letter>): Exp {
  return exp(JSON.stringify([...symbols]), false, (symbol) => (symbols.has(symbol) ? EMPTY : NONE));
}

export function inOrder(items: readonly Exp[]): Exp {
  return items.reduceRight((rest, item) => {
    if (item === NONE || rest === NONE) return NONE;
    if (item === EMPTY || rest === EMPTY) return item === EMPTY ? rest : item;
    return exp(`(${item.key} ${rest.key})`, item.empty && rest.empty, (symbol) =>
      either([inOrder([item.after(symbol), rest]), ...(item.empty ? [rest.after(symbol)] : [])]),
    );
  }, EMPTY);
}

export function either(all: readonly Exp[]): Exp {
  const flat = [...new Set(all.flatMap((one) => parts.get(one) ?? (one === NONE ? [] : [one])))];
  if (flat.length < 2 || flat.includes(EVERYTHING)) return flat.length < 2 ? (flat[0] ?? NONE) : EVERYTHING;
  const key = `(${flat
    .map((one) => one.key)
    .sort()
    .join("|")})`;
  const empty = flat.some((one) => one.empty);
  const made = exp(key, empty, (symbol) => either(flat.map((one) => one.after(symbol))));
  parts.set(made, flat);
  return made;
}

export function times(item: Exp, min: number, max: number): Exp {
  if (max === 0 || item === EMPTY) return EMPTY;
  return exp(`${item.key}{${min},${max}}`, min === 0 || item.empty, (symbol) =>
    inOrder([item.after(symbol), times(item, Math.max(0, min - 1), max - 1)]),
  );
}

/** The source of a JavaScript regular expression, or the right-hand side of a GBNF rule; `seen` gets all its sets. */
export function read(text: string, gbnf: boolean, seen: (symbols: ReadonlySet<Letter>) => void): Exp {
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const match = pattern.exec(text.slice(at));
    at += match?.[0].length ?? 0;
    return match;
  };
  const blank = (): boolean => gbnf && take(/^\s+/) !== null;
  const one = (symbols: ReadonlySet<Letter>): Exp => {
    seen(symbols);
    return oneOf(symbols);
  };
  const any = (): Exp => {
    const items = [all()];
    while (take(/^\|/)) items.push(all());
    return either(items);
  };
  const all = (): Exp => {
    const items: Exp[] = [];
    for (blank(); at < text.length && !/^[|)]/.test(text.slice(at)); blank()) items.push(counted(single()));
    return inOrder(items);
  };
  const counted = (item: Exp): Exp => {
    const match = take(/^(?:([?*+])|\{(\d+)(,?)(\d*)\})(?![?*+{])/);
    if (match === null) return item;
    const [, mark, least, comma, most] = match;
    if (mark !== undefined) return times(item, mark === "+" ? 1 : 0, mark === "?" ? 1 : Infinity);
    return times(item, Number(least), comma === "" ? Number(least) : most === "" ? Infinity : Number(most));
  };
  const single = (): Exp => {
    if (take(/^\[\\x00-\\uffff\]\*/)) return EVERYTHING;
    const name = gbnf ? take(/^[A-Za-z0-9-]+/) : null;
    if (name !== null) return one(new Set(name));
    if (take(gbnf ? /^\(/ : /^\((?:\?:)?/)) {
      const inner = any();
      return take(/^\)/) ? inner : fail();
    }
    if (take(/^\[/)) return set(take(/^\^/) !== null);
    if (!gbnf) return one(new Set([character(/^[^.^$*+?{}()[\]|\\]/)]));
    const items: Exp[] = [];
    if (!take(/^"/)) fail();
    while (!take(/^"/)) items.push(one(new Set([character(/^[^"\\]/)])));
    return inOrder(items);
  };
  const set = (not: boolean): Exp => {
    const symbols = new Set<number>();
    while (!take(/^\]/)) {
      const from = take(/^\\x80(?=-\\uffff)/) ? OTHER : character(/^[^\]\\]/);
      const to = take(/^-\\uffff/) ? OTHER : take(/^-(?!\])/) ? character(/^[^\]\\]/) : from;
      for (let code = from; code <= to; code += 1) symbols.add(code);
    }
    const others = Array.from({ length: END }, (_, code) => code).filter((code) => !symbols.has(code));
    return one(not ? new Set(others) : symbols);
  };
  const character = (plain: RegExp): number => {
    const match = take(plain) ?? take(/^\\(?:x([0-9A-Fa-f]{2})|([nrt])|([^A-Za-z0-9]))/) ?? fail();
    const [whole, byte, letter, mark = whole] = match;
    const code = byte === undefined ? { n: 10, r: 13, t: 9 }[letter ?? ""] : Number.parseInt(byte, 16);
    const found = code ?? mark.charCodeAt(0);
    return found < OTHER ? found : fail();
  };
  const fail = (): never => {
    throw new Error(`cannot read ${JSON.stringify(text.slice(at, at + 20))}`);
  };
  const whole = any();
  return at === text.length ? whole : fail();
}

/** States that go on alike, each by the number of the first of them (Moore 1956). */
export function alike(
  count: number,
  row: (state: number, nameOf: (to: number) => number) => string,
): number[] {
  let names = Array.from({ length: count }, () => 0);
  for (let size = 0; ; ) {
    const first = new Map<string, number>();
    names = names.map((own, state) => {
      const key = `${own} ${row(state, (to) => names[to]!)}`;
      return first.get(key) ?? first.set(key, state).get(key)!;
    });
    if (first.size === size) return names;
    size = first.size;
  }
}
