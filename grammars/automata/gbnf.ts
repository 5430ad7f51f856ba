/**
 * Reads a GBNF file as llama.cpp reads it (grammars/README.md there). It shares nothing with the emitter: what is proved is
 * proved of the file as written. Recursion, `.` and negated classes are refused: what they derive is not bounded here.
 */
export interface Gbnf {
  readonly rules: ReadonlyMap<string, GbnfRule>;
}

export interface GbnfRule {
  readonly name: string;
  /** 1-based. */
  readonly line: number;
  readonly body: GbnfNode;
}

export type GbnfNode =
  /** Symbols of the alphabet (alphabet.ts). */
  | { readonly kind: "set"; readonly symbols: readonly number[] }
  | { readonly kind: "rule"; readonly rule: string }
  | { readonly kind: "sequence"; readonly items: readonly GbnfNode[] }
  | { readonly kind: "choice"; readonly items: readonly GbnfNode[] }
  /** `max` is finite. */
  | { readonly kind: "repeat"; readonly item: GbnfNode; readonly min: number; readonly max: number };

/** The file is none, or one that is not modelled; the message begins with its line. */
export class GbnfError extends Error {}

export function readGbnf(source: string): Gbnf {
  const rules = new Map<string, GbnfRule>();
  // A rule goes on over the lines that do not begin another.
  const starts = [...source.matchAll(/^([A-Za-z0-9-]+)[ \t]*::=/gm)];
  starts.forEach((match, index) => {
    const end = starts[index + 1]?.index ?? source.length;
    const line = source.slice(0, match.index).split("\n").length;
    const name = match[1]!;
    if (rules.has(name)) throw new GbnfError(`line ${line}: ${name} is defined twice`);
    rules.set(name, {
      name,
      line,
      body: new Reader(source.slice(match.index + match[0].length, end), line).read(),
    });
  });
  if (!rules.has("root")) throw new GbnfError("line 1: there is no rule named root");
  checkReferences(rules);
  return { rules };
}

function checkReferences(rules: ReadonlyMap<string, GbnfRule>): void {
  const open = new Set<string>();
  const done = new Set<string>();
  const visit = (rule: GbnfRule): void => {
    if (done.has(rule.name)) return;
    if (open.has(rule.name))
      throw new GbnfError(`line ${rule.line}: ${rule.name} is recursive, so its texts are not bounded`);
    open.add(rule.name);
    for (const name of references(rule.body)) {
      const next = rules.get(name);
      if (next === undefined) throw new GbnfError(`line ${rule.line}: ${name} is not defined`);
      visit(next);
    }
    open.delete(rule.name);
    done.add(rule.name);
  };
  for (const rule of rules.values()) visit(rule);
}

function references(node: GbnfNode): readonly string[] {
  switch (node.kind) {
    case "set":
      return [];
    case "rule":
      return [node.rule];
    case "sequence":
    case "choice":
      return node.items.flatMap(references);
    case "repeat":
      return references(node.item);
  }
}

/** The length of a longest text. */
export function longest(gbnf: Gbnf): number {
  const known = new Map<string, number>();
  const of = (node: GbnfNode): number => {
    switch (node.kind) {
      case "set":
        return 1;
      case "rule": {
        const found = known.get(node.rule) ?? of(gbnf.rules.get(node.rule)!.body);
        known.set(node.rule, found);
        return found;
      }
      case "sequence":
        return node.items.reduce((sum, item) => sum + of(item), 0);
      case "choice":
        return Math.max(...node.items.map(of));
      case "repeat":
        return node.max * of(node.item);
    }
  };
  return of(gbnf.rules.get("root")!.body);
}

class Reader {
  readonly #text: string;
  readonly #line: number;
  #at = 0;

  constructor(text: string, line: number) {
    this.#text = text;
    this.#line = line;
  }

  read(): GbnfNode {
    const node = this.#choice();
    this.#space();
    if (this.#at < this.#text.length)
      this.#fail(`cannot read ${JSON.stringify(this.#text.slice(this.#at, this.#at + 20))}`);
    return node;
  }

  #choice(): GbnfNode {
    const items = [this.#sequence()];
    for (this.#space(); this.#text[this.#at] === "|"; this.#space()) {
      this.#at += 1;
      items.push(this.#sequence());
    }
    return items.length === 1 ? items[0]! : { kind: "choice", items };
  }

  #sequence(): GbnfNode {
    const items: GbnfNode[] = [];
    for (;;) {
      this.#space();
      const item = this.#single();
      if (item === null) return items.length === 1 ? items[0]! : { kind: "sequence", items };
      items.push(this.#repeated(item));
    }
  }

  #repeated(item: GbnfNode): GbnfNode {
    const mark = this.#text[this.#at];
    if (mark === "?") {
      this.#at += 1;
      return this.#repeated({ kind: "repeat", item, min: 0, max: 1 });
    }
    if (mark === "*" || mark === "+") return this.#fail(`${mark} repeats without a bound`);
    if (mark !== "{") return item;
    const bounds =
      /^\{(\d+)(?:,(\d*))?\}/.exec(this.#text.slice(this.#at)) ?? this.#fail("bounds that cannot be read");
    if (bounds[2] === "") return this.#fail(`${bounds[0]} repeats without a bound`);
    this.#at += bounds[0].length;
    const [min, max] = [Number(bounds[1]), Number(bounds[2] ?? bounds[1])];
    // llama.cpp copies the item that often; beyond this it misbehaves.
    if (max >= 2000 || max < min) return this.#fail(`the bounds ${bounds[0]}`);
    return this.#repeated({ kind: "repeat", item, min, max });
  }

  #single(): GbnfNode | null {
    const mark = this.#text[this.#at];
    if (mark === undefined || mark === "|" || mark === ")") return null;
    if (mark === "(") {
      this.#at += 1;
      const inner = this.#choice();
      this.#space();
      if (this.#text[this.#at] !== ")") return this.#fail("a bracket is not closed");
      this.#at += 1;
      return inner;
    }
    if (mark === '"') {
      this.#at += 1;
      const items: GbnfNode[] = [];
      while (this.#text[this.#at] !== '"') items.push({ kind: "set", symbols: [this.#character()] });
      this.#at += 1;
      return { kind: "sequence", items };
    }
    if (mark === "[") return this.#set();
    const name = /^[A-Za-z0-9-]+/.exec(this.#text.slice(this.#at))?.[0];
    if (name === undefined) return this.#fail(`cannot read ${JSON.stringify(mark)}`);
    this.#at += name.length;
    return { kind: "rule", rule: name };
  }

  #set(): GbnfNode {
    this.#at += 1;
    if (this.#text[this.#at] === "^") return this.#fail("a negated class");
    const symbols = new Set<number>();
    while (this.#text[this.#at] !== "]") {
      const from = this.#character();
      let to = from;
      if (this.#text[this.#at] === "-" && this.#text[this.#at + 1] !== "]") {
        this.#at += 1;
        to = this.#character();
      }
      for (let code = from; code <= to; code += 1) symbols.add(code);
    }
    this.#at += 1;
    return { kind: "set", symbols: [...symbols] };
  }

  #character(): number {
    const mark = this.#text[this.#at] ?? this.#fail("a text or class is not closed");
    this.#at += 1;
    if (mark !== "\\") return this.#ascii(mark.charCodeAt(0));
    const escaped = this.#text[this.#at] ?? this.#fail("a text or class is not closed");
    this.#at += 1;
    const simple: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };
    if (escaped in simple) return simple[escaped]!.charCodeAt(0);
    if (escaped === "x") {
      const digits =
        /^[0-9A-Fa-f]{2}/.exec(this.#text.slice(this.#at))?.[0] ??
        this.#fail("an escape that cannot be read");
      this.#at += 2;
      return this.#ascii(Number.parseInt(digits, 16));
    }
    if (!/[\\"[\]^-]/.test(escaped)) this.#fail(`the escape \\${escaped}`);
    return escaped.charCodeAt(0);
  }

  #ascii(code: number): number {
    return code < 128 ? code : this.#fail("a character outside ASCII");
  }

  #space(): void {
    const blank = /^(?:[ \t\r\n]|#[^\n]*)*/.exec(this.#text.slice(this.#at))![0];
    this.#at += blank.length;
  }

  #fail(message: string): never {
    throw new GbnfError(`line ${this.#line}: ${message}`);
  }
}
