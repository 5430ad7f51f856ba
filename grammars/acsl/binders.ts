import type { IToken } from "chevrotain";
import type { Source } from "../c/source.ts";
import { typeOfWords } from "../c/types.ts";
import type { AcslBinder } from "./tree.ts";

/** The variables of `integer i, j, int *p, k`; null when a name is missing, or more than one star or bracket is there. */
export function readBinders(words: readonly IToken[], source: Source): AcslBinder[] | null {
  const binders: AcslBinder[] = [];
  let type: string[] = [];
  for (const part of splitAtCommas(words)) {
    const marks = part.filter((token) => /^[*[]$/.test(token.image));
    const plain = part.filter((token) => !/^[*[\]]$/.test(token.image));
    const name = plain.at(-1);
    if (marks.length > 1 || name === undefined || !/^[A-Za-z_]\w*$/.test(name.image)) return null;
    if (plain.length > 1) type = plain.slice(0, -1).map((token) => token.image);
    if (type.length === 0) return null;
    const binder = { name: name.image, type: typeName(type, source) };
    binders.push(marks.length === 0 ? binder : { ...binder, pointer: true });
  }
  return binders.length === 0 ? null : binders;
}

/** `integer`, a canonical C name, or the words as they are. */
function typeName(words: readonly string[], source: Source): string {
  const text = words.join(" ");
  const known = source.typedefs.get(text) ?? typeOfWords(words);
  return known?.kind === "integer" ? known.name : text;
}

function splitAtCommas(words: readonly IToken[]): IToken[][] {
  const parts: IToken[][] = [[]];
  for (const word of words) {
    if (word.image === ",") parts.push([]);
    else parts.at(-1)!.push(word);
  }
  return parts;
}
