import { matches, type Pattern } from "./pattern.ts";

/**
 * One output language, as a value: everything that reads, prints or constrains the language comes from it. Rules are of
 * few kinds, each of which fixes at once its EBNF (ebnf.ts), the tree it makes (signature.ts) and how that is printed.
 *
 * The parser's rules do not tell sorts apart (a parenthesis may hold a number or a truth value, which no LL(k) grammar
 * can predict); sorts are a finite attribute handed up with each tree and checked there. Decoders get the product of
 * rules and sorts, so they never emit an ill-sorted text.
 */
export interface Definition {
  readonly name: string;
  /** In the lexer's order of priority: a token comes before any token that is its prefix. */
  readonly tokens: readonly TokenDefinition[];
  readonly rules: readonly Rule[];
  readonly start: string;
  /** The sort of a whole answer. */
  readonly sort: string;
  readonly caps: Caps;
}

export interface TokenDefinition {
  readonly name: string;
  readonly pattern: Pattern;
  /** What printers and decoders write where the pattern leaves a choice that means nothing (spaces). */
  readonly canonical?: string;
  /**
   * `skipped`: whitespace, dropped between tokens. `reserved`: used by no rule; it is there so that two adjacent tokens
   * are not read where the host language reads one (`--`).
   */
  readonly role?: "skipped" | "reserved";
}

/** Limits on what is parsed. Decoders stay below depth and digits by construction; length is cut by their token limit. */
export interface Caps {
  /** UTF-16 units of the whole text, which is the number of characters: the languages are ASCII. */
  readonly maxLength: number;
  /** Height of the tree, and nesting of brackets. */
  readonly maxDepth: number;
  readonly maxDigits: number;
}

export type Rule = ChoiceRule | GroupRule | PrefixRule | InfixRule | RelationRule | RecordRule;

/** Any one of the rules; the tree is that rule's. */
export interface ChoiceRule {
  readonly kind: "choice";
  readonly name: string;
  readonly of: readonly string[];
}

/** Brackets around a rule; the tree is that rule's. */
export interface GroupRule {
  readonly kind: "group";
  readonly name: string;
  readonly open: string;
  readonly rule: string;
  readonly close: string;
}

/** Prefix operators before an operand: `{kind: node, argument}`. The parser takes any number, decoders one. */
export interface PrefixRule {
  readonly kind: "prefix";
  readonly name: string;
  readonly operators: readonly {
    readonly token: string;
    readonly node: string;
    readonly of: string;
    readonly gives: string;
    /** Spelled as a word, with a space after it. */
    readonly word?: boolean;
  }[];
  readonly operand: string;
}

/** Infix operators of one precedence: `{kind: node, left, right}`, or `{kind: node, arguments}` for a `list`. */
export interface InfixRule {
  readonly kind: "infix";
  readonly name: string;
  /** `spaced`: a decoder must write a space after it, since it could merge with what follows. */
  readonly operators: readonly {
    readonly token: string;
    readonly node: string;
    readonly spaced?: boolean;
    /** Spelled as a word, with spaces around it. */
    readonly word?: boolean;
  }[];
  readonly associativity: "left" | "right" | "list";
  readonly operand: string;
  readonly of: string;
  readonly gives: string;
  /** How many operators a decoder may write in one chain. */
  readonly decoderMax: number;
}

/**
 * Relations: one gives `{kind: node, relation, left, right}`; several of one chaining family give
 * `{kind: chain, relations, terms}` with one term more than relations. Families do not mix.
 */
export interface RelationRule {
  readonly kind: "relation";
  readonly name: string;
  readonly families: readonly { readonly tokens: readonly string[]; readonly chains: boolean }[];
  /** Whether at least one relation must be there; otherwise a lone operand passes through. */
  readonly required: boolean;
  readonly node: string;
  readonly chain: string;
  readonly operand: string;
  readonly of: string;
  readonly gives: string;
  readonly decoderMax: number;
}

/** Parts in order, of which the labelled ones become fields: `{kind: node, …fields}`. */
export interface RecordRule {
  readonly kind: "record";
  readonly name: string;
  readonly node: string;
  readonly gives: string;
  readonly parts: readonly Part[];
}

export type Part =
  | { readonly kind: "token"; readonly token: string }
  /** Where canonical text has one space. A decoder may leave it out unless it is `required`. */
  | { readonly kind: "gap"; readonly required: boolean }
  /** The text of a token, or of any one of several, as a string field; `decoder` narrows what a decoder may write. */
  | {
      readonly kind: "text";
      readonly field: string;
      readonly token: string | readonly string[];
      readonly decoder?: Pattern;
    }
  | { readonly kind: "field"; readonly field: string; readonly rule: string; readonly sort: string }
  | ListPart
  /** Fields inside are null where it is absent. */
  | { readonly kind: "optional"; readonly parts: readonly Part[] };

/** One or more of a rule, separated by a token or only by spaces; the field is an array. */
export interface ListPart {
  readonly kind: "list";
  readonly field: string;
  readonly rule: string;
  readonly sort: string;
  readonly separator: string | null;
  /** Without a separator: nothing stands between the items, not even a space (items that end in white space). */
  readonly tight?: boolean;
  /** How many more than one a decoder may write. */
  readonly decoderMax: number;
}

/** What the generated parser makes and the generated printer takes: plain JSON. */
export interface Tree {
  readonly kind: string;
  readonly [field: string]: TreeField;
}

export type TreeField = string | null | Tree | readonly string[] | readonly Tree[];

/** A lookup that is only ever asked for names the definition has (check.ts). */
export function ruleOf(definition: Definition, name: string): Rule {
  const rule = definition.rules.find((candidate) => candidate.name === name);
  if (rule === undefined) throw new Error(`${definition.name}: no rule is named ${name}`);
  return rule;
}

export function tokenOf(definition: Definition, name: string): TokenDefinition {
  const token = definition.tokens.find((candidate) => candidate.name === name);
  if (token === undefined) throw new Error(`${definition.name}: no token is named ${name}`);
  return token;
}

/** The tokens that a `text` part takes. */
export function tokensOf(part: Extract<Part, { kind: "text" }>): readonly string[] {
  return typeof part.token === "string" ? [part.token] : part.token;
}

/**
 * The token that the lexer makes of a whole word: the first in order that matches all of it. A keyword is thereby no
 * identifier, although the identifier's pattern matches it.
 */
export function tokenOfText(definition: Definition, text: string): TokenDefinition | null {
  return definition.tokens.find(({ pattern }) => matches(pattern, text)) ?? null;
}
