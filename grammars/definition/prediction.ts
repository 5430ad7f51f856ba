import { type Definition, ruleOf } from "./definition.ts";
import { bodyOf, type Ebnf } from "./ebnf.ts";

const END = "end of text";

/** Tokens a piece may begin with, and whether it may be empty. */
interface First {
  readonly tokens: ReadonlySet<string>;
  readonly empty: boolean;
}

/**
 * Where one token does not tell the parser what to do: alternatives that begin alike, or an optional or repeated part
 * that begins like what may follow it. Empty when the definition is strong LL(1) (Rosenkrantz and Stearns 1970), which
 * the generated parser relies on: it looks one token ahead. FIRST and FOLLOW by their usual least fixed points.
 */
export function checkPrediction(definition: Definition): readonly string[] {
  const firsts = firstSets(definition);
  const follows = followSets(definition, firsts);
  return definition.rules.flatMap((rule) => {
    const problems: string[] = [];
    visit(bodyOf(rule), follows.get(rule.name)!, firsts, (body, follow) => {
      const clash = (what: string, left: ReadonlySet<string>, right: ReadonlySet<string>): void => {
        const shared = [...left].filter((token) => right.has(token));
        if (shared.length > 0) problems.push(`rule ${rule.name}: ${what} on ${shared.join(", ")}`);
      };
      if (body.kind === "choice") {
        body.items.forEach((item, index) => {
          for (const other of body.items.slice(index + 1)) {
            clash(
              "two alternatives begin alike",
              decides(item, follow, firsts),
              decides(other, follow, firsts),
            );
          }
        });
      } else if (body.kind === "optional" || body.kind === "repeat") {
        clash(
          `an optional or repeated part begins like what follows it`,
          firstOf(body.item, firsts).tokens,
          follow,
        );
      }
    });
    return problems;
  });
}

function firstSets(definition: Definition): ReadonlyMap<string, First> {
  const firsts = new Map<string, First>();
  for (const rule of definition.rules) firsts.set(rule.name, { tokens: new Set(), empty: false });
  for (let grown = true; grown; ) {
    grown = false;
    for (const rule of definition.rules) {
      const next = firstOf(bodyOf(rule), firsts);
      const last = firsts.get(rule.name)!;
      if (next.tokens.size > last.tokens.size || next.empty !== last.empty) {
        firsts.set(rule.name, next);
        grown = true;
      }
    }
  }
  return firsts;
}

function followSets(
  definition: Definition,
  firsts: ReadonlyMap<string, First>,
): ReadonlyMap<string, Set<string>> {
  const follows = new Map(definition.rules.map((rule) => [rule.name, new Set<string>()] as const));
  follows.get(ruleOf(definition, definition.start).name)!.add(END);
  for (let grown = true; grown; ) {
    grown = false;
    for (const rule of definition.rules) {
      visit(bodyOf(rule), follows.get(rule.name)!, firsts, (body, follow) => {
        if (body.kind !== "rule") return;
        const known = follows.get(body.rule)!;
        const before = known.size;
        for (const token of follow) known.add(token);
        if (known.size > before) grown = true;
      });
    }
  }
  return follows;
}

/** Calls `found` for a body and everything in it, with the tokens that may follow each. */
function visit(
  body: Ebnf,
  follow: ReadonlySet<string>,
  firsts: ReadonlyMap<string, First>,
  found: (body: Ebnf, follow: ReadonlySet<string>) => void,
): void {
  found(body, follow);
  switch (body.kind) {
    case "token":
    case "rule":
    case "gap":
      return;
    case "choice":
      for (const item of body.items) visit(item, follow, firsts, found);
      return;
    case "optional":
      visit(body.item, follow, firsts, found);
      return;
    case "repeat":
      visit(body.item, new Set([...follow, ...firstOf(body.item, firsts).tokens]), firsts, found);
      return;
    case "sequence": {
      let after = follow;
      for (const item of body.items.toReversed()) {
        visit(item, after, firsts, found);
        after = decides(item, after, firsts);
      }
    }
  }
}

/** FIRST, with what follows where the piece may be empty. */
function decides(
  body: Ebnf,
  follow: ReadonlySet<string>,
  firsts: ReadonlyMap<string, First>,
): ReadonlySet<string> {
  const { tokens, empty } = firstOf(body, firsts);
  return empty ? new Set([...tokens, ...follow]) : tokens;
}

function firstOf(body: Ebnf, firsts: ReadonlyMap<string, First>): First {
  switch (body.kind) {
    case "token":
      return { tokens: new Set([body.token]), empty: false };
    case "rule":
      return firsts.get(body.rule)!;
    case "gap":
      return { tokens: new Set(), empty: true };
    case "choice": {
      const parts = body.items.map((item) => firstOf(item, firsts));
      return {
        tokens: new Set(parts.flatMap((part) => [...part.tokens])),
        empty: parts.some((part) => part.empty),
      };
    }
    case "sequence": {
      const parts = body.items.map((item) => firstOf(item, firsts));
      const stop = parts.findIndex((part) => !part.empty);
      const leading = stop < 0 ? parts : parts.slice(0, stop + 1);
      return { tokens: new Set(leading.flatMap((part) => [...part.tokens])), empty: stop < 0 };
    }
    case "optional":
      return { tokens: firstOf(body.item, firsts).tokens, empty: true };
    case "repeat": {
      const item = firstOf(body.item, firsts);
      return { tokens: item.tokens, empty: body.min === 0 || item.empty };
    }
  }
}
