/**
 * Reads GBNF as llama.cpp documents it and derives texts from it. Shares nothing with the emitter on purpose: it is the
 * tests' second opinion of what the emitted text says.
 */
export type Gbnf = ReadonlyMap<string, Node>;

type Node =
  | { kind: "text"; text: string }
  | { kind: "set"; members: string[] }
  | { kind: "call"; rule: string }
  | { kind: "all"; parts: Node[] }
  | { kind: "any"; options: Node[] }
  | { kind: "times"; part: Node; least: number; most: number };

export function readGbnf(source: string): Gbnf {
  const rules = new Map<string, Node>();
  for (const line of source.split("\n").filter((text) => text.trim() !== "")) {
    const [, name, right] = /^([a-zA-Z0-9-]+) ::= (.*)$/.exec(line) ?? [];
    if (name === undefined || right === undefined) throw new Error(`not a rule: ${line}`);
    if (rules.has(name)) throw new Error(`defined twice: ${name}`);
    const reader = new Reader(right);
    rules.set(name, reader.any());
    reader.end();
  }
  for (const node of rules.values()) checkCalls(node, rules);
  return rules;
}

/** A random text; `pick(n)` gives a number below n. Repetitions stay short so that texts do. */
export function derive(grammar: Gbnf, pick: (below: number) => number, rule = "root"): string {
  const run = (node: Node): string => {
    switch (node.kind) {
      case "text":
        return node.text;
      case "set":
        return node.members[pick(node.members.length)]!;
      case "call":
        return run(grammar.get(node.rule)!);
      case "all":
        return node.parts.map(run).join("");
      case "any":
        return run(node.options[pick(node.options.length)]!);
      case "times": {
        // Mostly few, sometimes as many as there may be: the bounds are where emitters go wrong.
        const extra =
          pick(12) === 0 ? pick(Math.min(node.most - node.least, 2000) + 1) : pick(4) === 0 ? 1 : 0;
        const count = Math.min(node.least + extra, node.most);
        return Array.from({ length: count }, () => run(node.part)).join("");
      }
    }
  };
  return run(grammar.get(rule)!);
}

/** The largest finite repetition bound written anywhere. */
export function largestBound(grammar: Gbnf): number {
  const of = (node: Node): number => {
    if (node.kind === "times") return Math.max(node.most === Infinity ? 0 : node.most, of(node.part));
    if (node.kind === "all") return Math.max(0, ...node.parts.map(of));
    return node.kind === "any" ? Math.max(0, ...node.options.map(of)) : 0;
  };
  return Math.max(...[...grammar.values()].map(of));
}

/** Whether a rule can come back to itself: the language is then not plainly regular. */
export function isRecursive(grammar: Gbnf): boolean {
  const open = new Set<string>();
  const done = new Set<string>();
  const cyclic = (rule: string): boolean => {
    if (open.has(rule)) return true;
    if (done.has(rule)) return false;
    open.add(rule);
    const found = calls(grammar.get(rule)!).some(cyclic);
    open.delete(rule);
    done.add(rule);
    return found;
  };
  return [...grammar.keys()].some(cyclic);
}

/** Rules that the root does not reach. */
export function unreached(grammar: Gbnf): readonly string[] {
  const seen = new Set(["root"]);
  for (const rule of seen) for (const next of calls(grammar.get(rule)!)) seen.add(next);
  return [...grammar.keys()].filter((rule) => !seen.has(rule));
}

function calls(node: Node): readonly string[] {
  switch (node.kind) {
    case "call":
      return [node.rule];
    case "all":
      return node.parts.flatMap(calls);
    case "any":
      return node.options.flatMap(calls);
    case "times":
      return calls(node.part);
    default:
      return [];
  }
}

function checkCalls(node: Node, rules: Gbnf): void {
  for (const rule of calls(node)) if (!rules.has(rule)) throw new Error(`not defined: ${rule}`);
}

class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  any(): Node {
    const options = [this.#all()];
    while (this.#eat(/^ *\| */)) options.push(this.#all());
    return options.length === 1 ? options[0]! : { kind: "any", options };
  }

  end(): void {
    if (this.#at < this.#source.length) throw new Error(`unread: ${this.#source.slice(this.#at)}`);
  }

  #all(): Node {
    const parts: Node[] = [];
    for (let part = this.#item(); part !== null; part = this.#item()) parts.push(part);
    return { kind: "all", parts };
  }

  #item(): Node | null {
    this.#eat(/^ +/);
    let part = this.#single();
    if (part === null) return null;
    for (;;) {
      const mark = this.#eat(/^(?:[?*+]|\{(\d+)(,)?(\d+)?\})/);
      if (mark === null) return part;
      const [whole, low, comma, high] = mark;
      if (whole === "?") part = { kind: "times", part, least: 0, most: 1 };
      else if (whole === "*") part = { kind: "times", part, least: 0, most: Infinity };
      else if (whole === "+") part = { kind: "times", part, least: 1, most: Infinity };
      else {
        const least = Number(low);
        const most = comma === undefined ? least : high === undefined ? Infinity : Number(high);
        part = { kind: "times", part, least, most };
      }
    }
  }

  #single(): Node | null {
    const text = this.#eat(/^"((?:[^"\\]|\\.)*)"/);
    if (text !== null) return { kind: "text", text: unquote(text[1]!) };
    const set = this.#eat(/^\[((?:[^\]\\]|\\.)+)\]/);
    if (set !== null) return { kind: "set", members: members(set[1]!) };
    const call = this.#eat(/^[a-zA-Z0-9-]+/);
    if (call !== null) return { kind: "call", rule: call[0] };
    if (this.#eat(/^\(/) === null) return null;
    const inner = this.any();
    if (this.#eat(/^ *\)/) === null) throw new Error(`not closed: ${this.#source}`);
    return inner;
  }

  #eat(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(this.#source.slice(this.#at));
    if (match !== null) this.#at += match[0].length;
    return match;
  }
}

function unquote(text: string): string {
  return text.replace(/\\(.)/g, (_, mark: string) => (mark === "n" ? "\n" : mark));
}

function members(body: string): string[] {
  const found: string[] = [];
  const items = body.matchAll(/(\\.|[^\\])(?:-(\\.|[^\\]))?/g);
  for (const [, from, to] of items) {
    const low = unquote(from!).charCodeAt(0);
    const high = to === undefined ? low : unquote(to).charCodeAt(0);
    for (let code = low; code <= high; code += 1) found.push(String.fromCharCode(code));
  }
  return found;
}
