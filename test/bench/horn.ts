/**
 * A Code2Inv SMT problem (a template with a hole for the invariant) as constrained Horn clauses: the hole becomes an
 * uninterpreted predicate, each negated obligation a universally quantified clause. Null where the text is no such template.
 */
export function hornClauses(template: string): string | null {
  const text = template.replace(/SPLIT_HERE_\w+/g, "");
  const constants = [...text.matchAll(/\(\s*declare-const\s+(\S+)\s+(Int|Bool)\s*\)/g)].map(
    (one) => `(${one[1]} ${one[2]})`,
  );
  const hole = /\(\s*define-fun\s+inv-f\s*\(((?:\s*\(\s*\S+\s+\S+\s*\))*)\s*\)\s*Bool\s*\)/.exec(text);
  if (!hole || constants.length === 0) return null;
  const sorts = [...hole[1]!.matchAll(/\(\s*\S+\s+(\S+)\s*\)/g)].map((one) => one[1]);
  const definitions = expressions(text).filter((one) => /^\(\s*define-fun\s+(pre|trans|post)-f/.test(one));
  const obligations = expressions(text).flatMap((one) => {
    const inner = /^\(\s*assert\s*\(\s*not([\s\S]*)\)\s*\)$/.exec(one);
    return inner ? [`(assert (forall (${constants.join(" ")}) ${inner[1]!.trim()}))`] : [];
  });
  return [`(declare-fun inv-f (${sorts.join(" ")}) Bool)`, ...definitions, ...obligations].join("\n");
}

/** The top-level s-expressions of a text. */
function expressions(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "(") {
      if (depth++ === 0) start = i;
    } else if (text[i] === ")" && --depth === 0) found.push(text.slice(start, i + 1));
  }
  return found;
}
