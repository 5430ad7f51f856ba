import type { IToken } from "chevrotain";
import type { Source } from "../source.ts";
import type { Span } from "../span.ts";
import { Qualifier, Storage, TypeName } from "../tokens.ts";
import type { CDeclarator, CExpression, CType } from "../tree.ts";
import { typeOfWords, typeText } from "../types.ts";

/** What stands before the declarators of a declaration. */
export interface Specifiers {
  readonly type: CType;
  /** `typedef`, `extern`, `static`, …, in order. */
  readonly storage: readonly string[];
  readonly isConst: boolean;
  /** The type is a structure or an enumeration, so a declaration without declarators has a meaning. */
  readonly isTagged?: true;
}

/** `* const (*name)[3](int)` as it is written: prefix, kernel, suffixes. */
export interface Declarator {
  readonly name: IToken | null;
  readonly pointers: number;
  readonly inner: Declarator | null;
  readonly suffixes: readonly (
    | { readonly kind: "array"; readonly text: string; readonly size: CExpression | null }
    | { readonly kind: "function"; readonly parameters: readonly CDeclarator[] }
  )[];
  /** Attributes that matter, as written. */
  readonly attributes: readonly string[];
}

/** The type and storage class of specifier tokens; `other` are parts that are named but not read (`union u`). */
export function describeType(
  tokens: readonly IToken[],
  other: readonly string[],
  tagged: CType | null,
  source: Source,
  span: Span,
): Specifiers {
  const of = (type: unknown) =>
    tokens.filter((token) => token.tokenType === type).map((token) => token.image);
  const qualifiers = of(Qualifier).map((image) => image.replace(/^__|__$/g, ""));
  const storage = of(Storage).map((image) => image.replace(/^__|__$/g, ""));
  const names = of(TypeName);
  const words = tokens
    .filter((token) => ![Qualifier, Storage].includes(token.tokenType))
    .map((token) => token.image);
  const strange = [...qualifiers.filter((word) => word === "volatile" || word === "_Atomic"), ...other];
  let type = names.length === 1 && words.length === 1 ? source.typedefs.get(names[0]!)! : typeOfWords(words);
  if (tagged !== null && words.length === 0) {
    type =
      strange.length === 0 ? tagged : { kind: "other", text: `${strange.join(" ")} ${typeText(tagged)}` };
  } else if (type === null && words.length === 0) {
    // `static x;` has the type int in C89, but a mistyped declaration looks the same.
    type = { kind: "other", text: strange.join(" ") };
    if (other.length === 0)
      source.error(
        `expected a type in the declaration, as in '${[...storage, ...qualifiers, "int"].join(" ")}'`,
        span,
      );
  } else if (type === null) {
    source.error(`'${words.join(" ")}' is not a type`, span);
    type = { kind: "other", text: words.join(" ") };
  } else if (strange.length > 0) type = { kind: "other", text: [...strange, ...words].join(" ") };
  return {
    type,
    storage,
    isConst: qualifiers.includes("const") || names.some((name) => source.constantTypes.has(name)),
    ...(tagged !== null && { isTagged: true as const }),
  };
}

/** The type that the specifiers and one declarator give together. */
export function typeOf({ type }: Specifiers, declarator: Declarator): CType {
  const shape = write(declarator);
  if (shape === "" && declarator.attributes.length === 0) return type;
  const built = declarator.attributes.length === 0 ? build(type, declarator) : null;
  if (built !== null) return built;
  return {
    kind: "other",
    text: [...declarator.attributes, typeText(type) + (shape === "" ? "" : ` ${shape}`)].join(" "),
  };
}

/** The type that pointers, brackets and parentheses make of another (C11 6.7.6); null where a function is part of it. */
function build(base: CType, declarator: Declarator): CType | null {
  let type = base;
  for (let count = 0; count < declarator.pointers; count++) type = { kind: "pointer", to: type };
  for (const suffix of declarator.suffixes.toReversed()) {
    if (suffix.kind === "function") return null;
    type = { kind: "array", of: type, size: suffix.size };
  }
  return declarator.inner === null ? type : build(type, declarator.inner);
}

/** For the declarator of a function: its parameters, and its return type. Null when it declares no function. */
export function functionOf(
  { type }: Specifiers,
  declarator: Declarator,
): { readonly parameters: readonly CDeclarator[]; readonly returnType: CType } | null {
  let core = declarator;
  while (core.inner !== null && core.pointers === 0 && core.suffixes.length === 0) core = core.inner;
  const [suffix, ...more] = core.suffixes;
  if (suffix?.kind !== "function" || core.name === null || (core.inner !== null && write(core.inner) !== ""))
    return null;
  const rest: Declarator = { ...core, inner: null, suffixes: more };
  return { parameters: suffix.parameters, returnType: typeOf({ type, storage: [], isConst: false }, rest) };
}

/** The declarator without its name: `*`, `[10]`, `(*)(…)`; empty for a plain variable. */
function write(declarator: Declarator): string {
  const inner = declarator.inner === null ? "" : write(declarator.inner);
  const kernel = inner === "" ? "" : `(${inner})`;
  const suffixes = declarator.suffixes.map((suffix) => (suffix.kind === "array" ? suffix.text : "(…)"));
  return "*".repeat(declarator.pointers) + kernel + suffixes.join("");
}
