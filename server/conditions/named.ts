/** The disjunction of SMT-LIB texts. */
export function anyOf(texts: readonly string[]): string {
  return texts.length === 0 ? "false" : texts.length === 1 ? texts[0]! : `(or ${texts.join(" ")})`;
}
