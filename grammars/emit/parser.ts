import {
  createToken,
  EmbeddedActionsParser,
  type IToken,
  Lexer,
  type ParserMethod,
  type TokenType,
} from "chevrotain";
import { checkDefinition } from "../definition/check.ts";
import type { Definition, Rule, Tree } from "../definition/definition.ts";
import { bodyOf, type Ebnf } from "../definition/ebnf.ts";
import { fixedText, regexSource } from "../definition/pattern.ts";
import { type Built, build, type Entry, Rejection } from "./build.ts";

/** A tree of the definition, or the first thing wrong with the text; `offset` is in UTF-16 units. */
export type Parsed =
  | { readonly kind: "ok"; readonly tree: Tree }
  | { readonly kind: "error"; readonly message: string; readonly offset: number };

export interface GeneratedParser {
  /** Never throws and never loops, whatever the text; linear in its length. The whole text must match. */
  parse(text: string): Parsed;
  /** The live objects, so that a proof can read what really runs. */
  readonly lexer: Lexer;
  readonly parser: EmbeddedActionsParser;
}

/** A lexer (recovery off) and an LL(1) parser for a definition. Throws when the definition itself is wrong. */
export function chevrotainParser(definition: Definition): GeneratedParser {
  const problems = checkDefinition(definition);
  if (problems.length > 0) throw new Error(`${definition.name}: ${problems.join("; ")}`);
  const vocabulary = tokenTypes(definition);
  const lexer = new Lexer([...vocabulary.values()], {
    recoveryEnabled: false,
    positionTracking: "onlyOffset",
    ensureOptimizations: true,
  });
  const parser = new DefinitionParser(definition, vocabulary);
  const parse = (text: string): Parsed => {
    const { maxLength } = definition.caps;
    if (text.length > maxLength) {
      const message = `longer than ${maxLength} characters; write something shorter`;
      return { kind: "error", message, offset: maxLength };
    }
    const { tokens, errors } = lexer.tokenize(text);
    const [bad] = errors;
    if (bad !== undefined) {
      return {
        kind: "error",
        message: `${shown(text.charAt(bad.offset))} is not allowed here`,
        offset: bad.offset,
      };
    }
    return parser.parse(tokens, text.length);
  };
  return { parse, lexer, parser };
}

type Read = (entries: Entry[]) => void;

class DefinitionParser extends EmbeddedActionsParser {
  readonly #definition: Definition;
  readonly #vocabulary: ReadonlyMap<string, TokenType>;
  readonly #methods = new Map<string, ParserMethod<[], Built>>();
  #nesting = 0;

  constructor(definition: Definition, vocabulary: ReadonlyMap<string, TokenType>) {
    super([...vocabulary.values()], { recoveryEnabled: false, maxLookahead: 1 });
    this.#definition = definition;
    this.#vocabulary = vocabulary;
    for (const rule of definition.rules)
      this.#methods.set(rule.name, this.RULE(rule.name, this.#reader(rule)));
    this.performSelfAnalysis();
  }

  parse(tokens: IToken[], end: number): Parsed {
    this.input = tokens;
    this.#nesting = 0;
    try {
      const built = this.#methods.get(this.#definition.start)!.call(this);
      const [error] = this.errors;
      if (error !== undefined) {
        // The end of the text has no offset.
        const { image, startOffset } = error.token;
        return Number.isNaN(startOffset) || image === ""
          ? { kind: "error", message: "the text ends too early", offset: end }
          : { kind: "error", message: `${shown(image)} cannot stand here`, offset: startOffset };
      }
      const { sort } = this.#definition;
      if (built.sort !== sort)
        throw new Rejection(`this is a ${built.sort} where a ${sort} is needed`, built.offset);
      return { kind: "ok", tree: built.tree };
    } catch (error) {
      if (error instanceof Rejection) return { kind: "error", message: error.message, offset: error.offset };
      throw error;
    }
  }

  #reader(rule: Rule): () => Built {
    const { caps } = this.#definition;
    const nests = rule.kind === "group" || rule.kind === "record";
    // Chevrotain tells the places of a rule apart by an index for each kind of place.
    let index = 0;
    const read = this.#compile(bodyOf(rule), () => index++);
    return () => {
      const entries: Entry[] = [];
      if (nests) {
        this.ACTION(() => {
          this.#nesting += 1;
          if (this.#nesting > caps.maxDepth) {
            const message = `brackets nested more than ${caps.maxDepth} deep; write something smaller`;
            throw new Rejection(message, this.LA(1).startOffset);
          }
        });
      }
      read(entries);
      return this.ACTION(() => {
        if (nests) this.#nesting -= 1;
        return build(rule, entries, caps);
      });
    };
  }

  #compile(body: Ebnf, place: () => number): Read {
    const at = place();
    switch (body.kind) {
      case "gap":
        return () => {};
      case "token": {
        const type = this.#vocabulary.get(body.token)!;
        const label = body.field === undefined ? {} : { field: body.field };
        return (entries) => {
          const { image, startOffset } = this.consume(at, type);
          entries.push({ kind: "token", token: body.token, text: image, offset: startOffset, ...label });
        };
      }
      case "rule": {
        const label = body.field === undefined ? {} : { field: body.field };
        return (entries) => {
          const built = this.subrule(at, this.#methods.get(body.rule)!);
          entries.push({ kind: "tree", built, ...label });
        };
      }
      case "sequence": {
        const items = body.items.map((item) => this.#compile(item, place));
        return (entries) => {
          for (const item of items) item(entries);
        };
      }
      case "choice": {
        const items = body.items.map((item) => this.#compile(item, place));
        return (entries) => {
          this.or(
            at,
            items.map((item) => ({ ALT: () => item(entries) })),
          );
        };
      }
      case "optional": {
        const item = this.#compile(body.item, place);
        return (entries) => {
          this.option(at, () => item(entries));
        };
      }
      case "repeat": {
        const item = this.#compile(body.item, place);
        return (entries) => {
          if (body.min === 0) this.many(at, () => item(entries));
          else this.atLeastOne(at, () => item(entries));
        };
      }
    }
  }
}

function tokenTypes(definition: Definition): ReadonlyMap<string, TokenType> {
  return new Map(
    definition.tokens.map(({ name, pattern, role }) => {
      const text = fixedText(pattern);
      const type = createToken({
        name,
        pattern: text ?? new RegExp(regexSource(pattern)),
        ...(role === "skipped" && { group: Lexer.SKIPPED }),
      });
      return [name, type] as const;
    }),
  );
}

/** A piece of hostile text, safe to show: short, and with nothing unprintable in it. */
function shown(text: string): string {
  const cut = text.length > 20 ? `${text.slice(0, 20)}…` : text;
  return JSON.stringify(cut).replace(
    /[^\x20-\x7e…]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
