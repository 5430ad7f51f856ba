import type { Annotation, Expression, Loop, Predicate, Routine, Statement, Term } from "./language.ts";

/** The function `f` in C, with these annotations at its loops. */
export function printFunction(of: Routine, annotations: readonly Annotation[]): string {
  const parameters = of.parameters.map(({ type, name }) => `${type} ${name}`).join(", ");
  const ranges = of.parameters.map(({ name, low, high }) => `requires ${low} <= ${name} <= ${high};`);
  const contract = [
    ...ranges,
    ...of.requires.map((one) => `requires ${predicate(one)};`),
    ...of.ensures.map((one) => `ensures ${predicate(one)};`),
  ];
  const body = statements(of.body, annotations, "  ");
  return `/*@ ${contract.join("\n  @ ")}\n  @*/\nint f(${parameters}) {\n${body}}\n`;
}

function statements(list: readonly Statement[], annotations: readonly Annotation[], indent: string): string {
  return list.map((one) => statement(one, annotations, indent)).join("");
}

function statement(of: Statement, annotations: readonly Annotation[], indent: string): string {
  const inner = (body: readonly Statement[]) =>
    `{\n${statements(body, annotations, `${indent}  `)}${indent}}`;
  switch (of.kind) {
    case "declare":
      return `${indent}${of.type} ${of.name}${of.initial ? ` = ${expression(of.initial)}` : ""};\n`;
    case "expression":
      return `${indent}${expression(of.expression)};\n`;
    case "block":
      return `${indent}${inner(of.body)}\n`;
    case "if": {
      const rest = of.else === null ? "" : ` else ${inner(of.else)}`;
      return `${indent}if (${expression(of.condition)}) ${inner(of.then)}${rest}\n`;
    }
    case "while":
    case "do":
    case "for":
      return `${annotation(annotations[of.id], indent)}${loop(of, inner(of.body), indent)}`;
    case "break":
    case "continue":
      return `${indent}${of.kind};\n`;
    case "switch": {
      const cases = of.cases.map(
        ({ label, body, breaks }) =>
          `${indent}${label === null ? "default" : `case ${label}`}: ${inner(body)}${breaks ? " break;" : ""}\n`,
      );
      return `${indent}switch (${expression(of.value)}) {\n${cases.join("")}${indent}}\n`;
    }
    case "return":
      return `${indent}return ${expression(of.value)};\n`;
    case "assert":
      return `${indent}//@ assert ${predicate(of.predicate)};\n`;
    case "assume":
      return `${indent}assume(${expression(of.condition)});\n`;
  }
}

function loop(of: Loop, body: string, indent: string): string {
  const condition = expression(of.condition);
  switch (of.kind) {
    case "while":
      return `${indent}while (${condition}) ${body}\n`;
    case "do":
      return `${indent}do ${body} while (${condition});\n`;
    case "for": {
      const initial = of.initial === null ? ";" : statement(of.initial, [], "").trimEnd();
      return `${indent}for (${initial} ${condition}; ${of.step === null ? "" : expression(of.step)}) ${body}\n`;
    }
  }
}

function annotation(of: Annotation | undefined, indent: string): string {
  if (of === undefined) return "";
  const clauses = of.invariants.map((one) => `loop invariant ${predicate(one)};`);
  if (of.assigns !== null) clauses.push(`loop assigns ${of.assigns.join(", ") || "\\nothing"};`);
  if (of.variant !== null) clauses.push(`loop variant ${term(of.variant)};`);
  return clauses.length === 0 ? "" : `${indent}/*@ ${clauses.join(` `)} */\n`;
}

export function expression(of: Expression): string {
  switch (of.kind) {
    case "literal":
      return of.value < 0 ? `(${of.value})` : `${of.value}${of.unsigned ? "u" : ""}`;
    case "name":
      return of.name;
    case "unary":
      return `(${of.operator}${expression(of.argument)})`;
    case "binary":
      return `(${expression(of.left)} ${of.operator} ${expression(of.right)})`;
    case "conditional":
      return `(${expression(of.condition)} ? ${expression(of.then)} : ${expression(of.else)})`;
    case "cast":
      return `((${of.type})${expression(of.argument)})`;
    case "assign":
      return `(${of.name} ${of.operator} ${expression(of.value)})`;
    case "step":
      return of.prefix ? `${of.operator}${of.name}` : `${of.name}${of.operator}`;
    case "comma":
      return `(${expression(of.left)}, ${expression(of.right)})`;
    case "flip":
      return "unknown_bool()";
  }
}

export function term(of: Term): string {
  switch (of.kind) {
    case "literal":
      return of.value < 0 ? `(${of.value})` : `${of.value}`;
    case "name":
      return of.name;
    case "pre":
      return `\\at(${of.name}, Pre)`;
    case "result":
      return "\\result";
    case "binary":
      return `(${term(of.left)} ${of.operator} ${term(of.right)})`;
  }
}

export function predicate(of: Predicate): string {
  switch (of.kind) {
    case "compare":
      return `${term(of.left)} ${of.relation} ${term(of.right)}`;
    case "not":
      return `!(${predicate(of.argument)})`;
    default: {
      const operator = ({ and: "&&", or: "||", implies: "==>" } as const)[of.kind];
      return `(${predicate(of.left)} ${operator} ${predicate(of.right)})`;
    }
  }
}
