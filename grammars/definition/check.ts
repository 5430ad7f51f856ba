import { type Definition, type Part, type Rule, type TokenDefinition, tokenOf } from "./definition.ts";
import { bodyOf, type Ebnf, referencesIn } from "./ebnf.ts";
import { fixedText, isEmpty, matches, type Pattern } from "./pattern.ts";

/**
 * What is wrong with a definition itself, one sentence each; empty when it can be emitted. The properties of its language
 * are not checked here.
 */
export function checkDefinition(definition: Definition): readonly string[] {
  const missing = checkNames(definition);
  if (missing.length > 0) return missing;
  return [
    ...checkTokens(definition),
    ...checkReachable(definition),
    ...checkProductive(definition),
    ...checkLeftRecursion(definition),
  ];
}

function checkNames(definition: Definition): readonly string[] {
  const rules = new Set(definition.rules.map((rule) => rule.name));
  const tokens = new Set(definition.tokens.map((token) => token.name));
  const problems: string[] = [];
  if (rules.size < definition.rules.length) problems.push("two rules have the same name");
  if (tokens.size < definition.tokens.length) problems.push("two tokens have the same name");
  if (!rules.has(definition.start)) problems.push(`the start rule ${definition.start} is not defined`);
  for (const rule of definition.rules) {
    const body = bodyOf(rule);
    for (const { rule: name } of referencesIn(body)) {
      if (!rules.has(name)) problems.push(`rule ${rule.name} refers to ${name}, which is not defined`);
    }
    for (const name of tokensIn(body)) {
      if (!tokens.has(name)) problems.push(`rule ${rule.name} uses token ${name}, which is not defined`);
    }
    const fields = rule.kind === "record" ? fieldNames(rule.parts) : [];
    if (new Set(["kind", ...fields]).size < fields.length + 1) {
      problems.push(`rule ${rule.name} has two fields of one name, or one named "kind"`);
    }
  }
  return problems;
}

function checkTokens(definition: Definition): readonly string[] {
  const problems: string[] = [];
  const used = new Set(definition.rules.flatMap((rule) => tokensIn(bodyOf(rule))));
  definition.tokens.forEach((token, index) => {
    if (!isAscii(token.pattern)) problems.push(`token ${token.name} is not ASCII`);
    if (token.canonical !== undefined && !matches(token.pattern, token.canonical)) {
      problems.push(`token ${token.name} does not match its own canonical text`);
    }
    if (isEmpty(token.pattern)) problems.push(`token ${token.name} matches nothing`);
    if (used.has(token.name) !== (token.role === undefined)) {
      problems.push(
        `token ${token.name} is ${token.role ?? "in use"}, but ${used.has(token.name) ? "a" : "no"} rule has it`,
      );
    }
    const shadow = definition.tokens.slice(0, index).find((earlier) => hides(earlier, token));
    if (shadow) problems.push(`token ${token.name} can never be read whole: ${shadow.name} comes first`);
  });
  return problems;
}

function checkReachable(definition: Definition): readonly string[] {
  const reached = new Set<string>([definition.start]);
  for (const name of reached) {
    const rule = definition.rules.find((candidate) => candidate.name === name)!;
    for (const next of referencesIn(bodyOf(rule))) reached.add(next.rule);
  }
  return definition.rules
    .filter((rule) => !reached.has(rule.name))
    .map((rule) => `rule ${rule.name} cannot be reached from ${definition.start}`);
}

function checkProductive(definition: Definition): readonly string[] {
  const productive = new Set<string>();
  const produces = (body: Ebnf): boolean => {
    switch (body.kind) {
      case "rule":
        return productive.has(body.rule);
      case "token":
        return !isEmpty(tokenOf(definition, body.token).pattern);
      case "sequence":
        return body.items.every(produces);
      case "choice":
        return body.items.some(produces);
      case "gap":
      case "optional":
        return true;
      case "repeat":
        return body.min === 0 || produces(body.item);
    }
  };
  for (let before = -1; before < productive.size; ) {
    before = productive.size;
    for (const rule of definition.rules) if (produces(bodyOf(rule))) productive.add(rule.name);
  }
  return definition.rules
    .filter((rule) => !productive.has(rule.name))
    .map((rule) => `rule ${rule.name} derives no finite text`);
}

/** A rule that can begin with itself would make the parser, and the decoder's expansion, run forever. */
function checkLeftRecursion(definition: Definition): readonly string[] {
  const starts = (name: string): readonly string[] => leading(bodyOf(byName(definition, name))).rules;
  return definition.rules.flatMap((rule) => {
    const reached = new Set(starts(rule.name));
    for (const name of reached) for (const next of starts(name)) reached.add(next);
    return reached.has(rule.name) ? [`rule ${rule.name} can begin with itself`] : [];
  });
}

/** Rules a body may begin with; no rule of any kind derives the empty text, so a reference ends the search. */
function leading(body: Ebnf): { readonly rules: readonly string[]; readonly empty: boolean } {
  switch (body.kind) {
    case "rule":
      return { rules: [body.rule], empty: false };
    case "token":
      return { rules: [], empty: false };
    case "gap":
      return { rules: [], empty: true };
    case "choice": {
      const parts = body.items.map(leading);
      return { rules: parts.flatMap((part) => part.rules), empty: parts.some((part) => part.empty) };
    }
    case "sequence": {
      const parts = body.items.map(leading);
      const stop = parts.findIndex((part) => !part.empty);
      const used = stop < 0 ? parts : parts.slice(0, stop + 1);
      return { rules: used.flatMap((part) => part.rules), empty: stop < 0 };
    }
    case "optional":
      return { ...leading(body.item), empty: true };
    case "repeat":
      return { rules: leading(body.item).rules, empty: body.min === 0 || leading(body.item).empty };
  }
}

function tokensIn(body: Ebnf): readonly string[] {
  switch (body.kind) {
    case "token":
      return [body.token];
    case "rule":
    case "gap":
      return [];
    case "sequence":
    case "choice":
      return body.items.flatMap(tokensIn);
    case "optional":
    case "repeat":
      return tokensIn(body.item);
  }
}

function fieldNames(parts: readonly Part[]): readonly string[] {
  return parts.flatMap((part) =>
    part.kind === "optional" ? fieldNames(part.parts) : "field" in part ? [part.field] : [],
  );
}

/** Whether an earlier fixed text is a prefix of a later one, which first match would then never give. */
function hides(earlier: TokenDefinition, later: TokenDefinition): boolean {
  const short = fixedText(earlier.pattern);
  const long = fixedText(later.pattern);
  return short !== null && long?.startsWith(short) === true;
}

function isAscii(pattern: Pattern): boolean {
  // Of the control characters only the line feed, where a definition asks for it.
  const printable = (text: string) => /^[\x20-\x7e\n]+$/.test(text);
  switch (pattern.kind) {
    case "literal":
      return printable(pattern.text);
    case "class":
      return pattern.ranges.every(([from, to]) => printable(from) && printable(to) && from <= to);
    case "sequence":
    case "alternatives":
      return pattern.items.every(isAscii);
    case "repeat":
      return isAscii(pattern.item);
  }
}

function byName(definition: Definition, name: string): Rule {
  return definition.rules.find((rule) => rule.name === name)!;
}
