import type { CIntegerType } from "./tree.ts";

/** What a number or a character constant means; `invalid` carries the message. */
export type Literal =
  | {
      readonly kind: "integer";
      readonly value: bigint;
      readonly type: CIntegerType;
      /** Set where the type is unsigned because `int` has 32 bits, and not by a suffix. */
      readonly byWidth?: true;
    }
  | { readonly kind: "unsupported"; readonly construct: string }
  | { readonly kind: "invalid"; readonly message: string };

const INTEGER =
  /^(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0([0-7]*)|([1-9][0-9]*))((?:[uU](?:l|L|ll|LL)?|(?:l|L|ll|LL)[uU]?)?)$/;
const FLOATING =
  /^(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)[pP][+-]?[0-9]+)[fFlL]?$/;

/** An integer constant with the type C11 6.4.4.1 gives it where `int` has 32 bits, `long` and `long long` 64. */
export function readNumber(image: string): Literal {
  const match = INTEGER.exec(image);
  if (match === null) return notAnInteger(image);
  const [, hexadecimal, binary, octal, decimal, suffix = ""] = match;
  const digits = (hexadecimal ?? binary ?? octal ?? decimal ?? "").replace(/^0+/, "");
  // 2^64 has 64 binary digits; longer ones need not be converted to be known as too large.
  const value = digits.length > 64 ? null : BigInt(prefixOf(match) + (digits === "" ? "0" : digits));
  const type = value === null ? null : typeOf(value, decimal !== undefined, suffix.toLowerCase());
  if (value === null || type === null) {
    const advice = value !== null && value < 1n << 64n ? "add the suffix 'u'" : "use a smaller one";
    return {
      kind: "invalid",
      message: `the integer constant ${clip(image)} is too large for its type: ${advice}`,
    };
  }
  const byWidth = type === "unsigned int" && !/u/i.test(suffix) && { byWidth: true as const };
  return { kind: "integer", value, type: { kind: "integer", name: type }, ...byWidth };
}

/** The value of an integer constant of any size; null when it is none. Suffixes do not matter to ACSL. */
export function readInteger(image: string): bigint | null {
  const match = INTEGER.exec(image);
  if (match === null || image.length > 1000) return null;
  const digits = match[1] ?? match[2] ?? match[3] ?? match[4] ?? "";
  return BigInt(prefixOf(match) + (digits === "" ? "0" : digits));
}

function prefixOf(match: RegExpExecArray): string {
  if (match[1] !== undefined) return "0x";
  if (match[2] !== undefined) return "0b";
  return match[3] !== undefined ? "0o" : "";
}

function typeOf(value: bigint, decimal: boolean, suffix: string): string | null {
  const unsigned = suffix.includes("u");
  const rank = suffix.includes("ll") ? 2 : suffix.includes("l") ? 1 : 0;
  for (const [name, bits] of [
    ["int", 32],
    ["long", 64],
    ["long long", 64],
  ].slice(rank) as [string, number][]) {
    if (!unsigned && value < 1n << BigInt(bits - 1)) return name;
    if ((unsigned || !decimal) && value < 1n << BigInt(bits)) return `unsigned ${name}`;
  }
  return null;
}

function notAnInteger(image: string): Literal {
  if (FLOATING.test(image))
    return { kind: "unsupported", construct: `floating-point constant '${clip(image)}'` };
  if (/^0[0-9]+$/.test(image)) {
    return {
      kind: "invalid",
      message: `${clip(image)} begins with 0, so it is octal and cannot have the digits 8 and 9`,
    };
  }
  if (/^0[xX][0-9a-fA-F]*[eE][+-]/.test(image)) {
    return { kind: "invalid", message: `${clip(image)} reads as one number: put a space before the sign` };
  }
  return { kind: "invalid", message: `${clip(image)} is not a number` };
}

function clip(image: string): string {
  return image.length > 40 ? `${image.slice(0, 39)}…` : image;
}

const ESCAPES: Readonly<Record<string, number>> = {
  n: 10,
  t: 9,
  r: 13,
  a: 7,
  b: 8,
  f: 12,
  v: 11,
  e: 27,
  "\\": 92,
  "'": 39,
  '"': 34,
  "?": 63,
};

/** A character constant has type `int` and the value of a signed `char` (C11 6.4.4.4). */
export function readCharacter(image: string): Literal {
  if (!image.startsWith("'"))
    return { kind: "unsupported", construct: `wide character constant ${clip(image)}` };
  const body = image.slice(1, -1);
  const escaped = /^\\(?:([0-7]{1,3})|x([0-9a-fA-F]+)|(.))$/.exec(body);
  let code: number;
  if (escaped !== null) {
    const [, octal, hexadecimal, letter] = escaped;
    code =
      octal !== undefined
        ? parseInt(octal, 8)
        : hexadecimal !== undefined
          ? parseInt(hexadecimal, 16)
          : (ESCAPES[letter!] ?? -1);
    if (code === -1) return { kind: "invalid", message: `${clip(image)} has an unknown escape sequence` };
    if (code > 255)
      return {
        kind: "invalid",
        message: `the escape sequence in ${clip(image)} is too large for a character`,
      };
  } else if (body.length === 1 && body.charCodeAt(0) < 128) code = body.charCodeAt(0);
  else if (body.startsWith("\\") || body.length > 1) {
    return { kind: "unsupported", construct: `multi-character constant ${clip(image)}` };
  } else return { kind: "unsupported", construct: `character constant ${image} outside ASCII` };
  return { kind: "integer", value: BigInt.asIntN(8, BigInt(code)), type: { kind: "integer", name: "int" } };
}

/** The bytes of adjacent string literals; null for wide ones and characters outside ASCII. */
export function readString(images: readonly string[]): number[] | null {
  const bytes: number[] = [];
  for (const image of images) {
    if (!image.startsWith('"')) return null;
    for (const [piece] of image.slice(1, -1).matchAll(/\\(?:[0-7]{1,3}|x[0-9a-fA-F]+|.)|[^\\]/g)) {
      const literal = readCharacter(piece === "'" ? "'\\''" : `'${piece}'`);
      if (literal.kind !== "integer") return null;
      bytes.push(Number(literal.value));
    }
  }
  return bytes;
}
