import type { CType } from "./tree.ts";

const INTEGERS = integerSpellings();

/** All orders of the specifiers of C11 6.7.2 paragraph 2, sorted and joined, to the canonical name. */
function integerSpellings(): ReadonlyMap<string, string> {
  const spellings = new Map<string, string>([
    ["_Bool", "_Bool"],
    ["char", "char"],
    ["char signed", "signed char"],
    ["char unsigned", "unsigned char"],
    ["signed", "int"],
    ["unsigned", "unsigned int"],
    ["int", "int"],
    ["int signed", "int"],
    ["int unsigned", "unsigned int"],
  ]);
  for (const size of ["short", "long", "long long"]) {
    for (const int of ["", "int"]) {
      for (const sign of ["", "signed", "unsigned"]) {
        const words = [...size.split(" "), int, sign].filter((word) => word !== "");
        spellings.set(words.sort().join(" "), sign === "unsigned" ? `unsigned ${size}` : size);
      }
    }
  }
  return spellings;
}

/** The type that these words name in any order (`long unsigned int`); null when they name none (`short long`). */
export function typeOfWords(words: readonly string[]): CType | null {
  const plain = words.map((word) => (word === "__signed" || word === "__signed__" ? "signed" : word));
  if (plain.length === 1 && plain[0] === "void") return { kind: "void" };
  const name = INTEGERS.get([...plain].sort().join(" "));
  if (name !== undefined) return { kind: "integer", name };
  const floating = /^(?:float|(?:long )?double|__int128|_Float128|__float128|__builtin_va_list)$/;
  const bare = plain.filter((word) => !/^(?:_Complex|_Imaginary)$/.test(word));
  if (
    floating.test([...bare].sort().reverse().join(" ")) ||
    /^(?:un)?signed __int128$/.test([...plain].sort().reverse().join(" "))
  ) {
    return { kind: "other", text: plain.join(" ") };
  }
  return null;
}

/** The type as C writes it, for messages. */
export function typeText(type: CType): string {
  switch (type.kind) {
    case "integer":
      return type.name;
    case "void":
      return "void";
    case "pointer":
      return `${typeText(type.to)}${type.to.kind === "pointer" ? "" : " "}*`;
    case "array":
      return `${typeText(type.of)}[${type.size?.kind === "integer" ? type.size.value : ""}]`;
    case "structure":
      return `struct ${type.tag.startsWith("#") ? "{…}" : type.tag}`;
    case "other":
      return type.text;
  }
}

function integer(name: string): CType {
  return { kind: "integer", name };
}

/**
 * Names that standard headers declare, on the LP64 data model (Linux and macOS on 64-bit machines). They hold without the header
 * too, as long as the file does not declare them itself.
 */
export function standardTypedefs(): Map<string, CType> {
  const names = new Map<string, CType>([
    ["size_t", integer("unsigned long")],
    ["ssize_t", integer("long")],
    ["ptrdiff_t", integer("long")],
    ["intptr_t", integer("long")],
    ["uintptr_t", integer("unsigned long")],
    ["intmax_t", integer("long")],
    ["uintmax_t", integer("unsigned long")],
    ["FILE", { kind: "other", text: "FILE" }],
    ["va_list", { kind: "other", text: "va_list" }],
  ]);
  for (const [bits, name] of [
    ["8", "char"],
    ["16", "short"],
    ["32", "int"],
    ["64", "long"],
  ] as const) {
    const signed = name === "char" ? "signed char" : name;
    // glibc makes the fast 16- and 32-bit types 64 bits wide.
    const fast = bits === "16" || bits === "32" ? "long" : name;
    for (const width of ["", "_least"]) {
      names.set(`int${width}${bits}_t`, integer(signed));
      names.set(`uint${width}${bits}_t`, integer(`unsigned ${name}`));
    }
    names.set(`int_fast${bits}_t`, integer(fast === "char" ? "signed char" : fast));
    names.set(`uint_fast${bits}_t`, integer(`unsigned ${fast}`));
  }
  return names;
}
