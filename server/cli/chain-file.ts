import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { Chain, ChainStep, Edge, Texts } from "../../grammars/proofs/chain.ts";
import { explainFileError } from "./input.ts";

/** A chain as it was written in YAML or JSON; lines and columns are 1-based. */
export type ReadChain =
  | { readonly kind: "ok"; readonly chain: Chain }
  | { readonly kind: "error"; readonly message: string; readonly line: number; readonly column: number };

type Path = readonly (string | number)[];

class Wrong extends Error {
  readonly path: Path;
  /** It is the key at the end of the path that is wrong, not what stands behind it. */
  readonly key: boolean;
  constructor(message: string, path: Path, key = false) {
    super(message);
    this.path = path;
    this.key = key;
  }
}

/** Reads a description of a chain; the files that it names are found from its own. See examples/chains. */
export function readChain(source: string, file: string): ReadChain {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter });
  const at = (offset: number) => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const [bad] = document.errors;
  if (bad !== undefined) return { kind: "error", message: withoutPlace(bad.message), ...at(bad.pos[0]) };
  try {
    return { kind: "ok", chain: chainOf(document.toJS(), dirname(resolve(file))) };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return { kind: "error", message: error.message, ...at(offsetOf(document, error)) };
  }
}

/** The parser's sentence without the place and the picture of it behind. */
function withoutPlace(message: string): string {
  return message.split("\n")[0]!.replace(/ at line \d+, column \d+:?$/, "");
}

/** Where the nearest part that is there begins. */
function offsetOf(document: Document, { path, key }: Wrong): number {
  const parent = document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent)
    ? parent.items.find((one) => isScalar(one.key) && String(one.key.value) === String(path.at(-1)))
    : undefined;
  // A key without a value has an empty one, which has no place worth naming.
  const own = pair !== undefined && isNode(pair.key) ? pair.key.range : undefined;
  if (key && own) return own[0];
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isScalar(node) && node.value === null && own) return own[0];
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function chainOf(value: unknown, folder: string): Chain {
  const top = object(value, [], ["start", "steps"]);
  if (typeof top.start !== "string") throw new Wrong("start must name the first step", ["start"]);
  const steps = object(top.steps, ["steps"]);
  return {
    start: top.start,
    steps: Object.fromEntries(
      Object.entries(steps).map(([name, step]) => [name, stepOf(step, ["steps", name], folder)]),
    ),
  };
}

function stepOf(value: unknown, path: Path, folder: string): ChainStep {
  const step = object(value ?? {}, path, ["reads", "next", "final", "about"]);
  const next = step.next ?? [];
  if (!Array.isArray(next)) throw new Wrong("next must be a list of edges", [...path, "next"]);
  return {
    ...(step.reads !== undefined && { reads: textsOf(step.reads, [...path, "reads"], folder) }),
    ...(step.final !== undefined && { final: step.final === true }),
    next: next.map((edge, index) => edgeOf(edge, [...path, "next", index], folder)),
  };
}

function edgeOf(value: unknown, path: Path, folder: string): Edge {
  const edge = object(value, path, ["to", "writes", "atMost", "about"]);
  if (typeof edge.to !== "string")
    throw new Wrong("an edge must say which step it leads to", [...path, "to"]);
  if (edge.atMost !== undefined && typeof edge.atMost !== "number")
    throw new Wrong("atMost must be a number", [...path, "atMost"]);
  return {
    to: edge.to,
    ...(edge.writes !== undefined && { writes: textsOf(edge.writes, [...path, "writes"], folder) }),
    ...(typeof edge.atMost === "number" && { atMost: edge.atMost }),
  };
}

function textsOf(value: unknown, path: Path, folder: string): Texts {
  if (value === "anything") return { kind: "anything" };
  const texts = object(value, path, ["regex", "gbnf", "language", "file"]);
  const [key, ...more] = Object.keys(texts);
  const given = key === undefined ? undefined : texts[key];
  if (more.length > 0 || typeof given !== "string")
    throw new Wrong("write one of regex, gbnf, file (of a GBNF grammar) or language, with a text", path);
  switch (key) {
    case "regex":
      return { kind: "regex", source: given };
    case "language":
      return { kind: "language", name: given };
    case "gbnf":
      return { kind: "gbnf", source: given };
    default:
      try {
        return { kind: "gbnf", source: readFileSync(resolve(folder, given), "utf8") };
      } catch (cause) {
        throw new Wrong(`${given}: ${explainFileError(cause, "read")}`, [...path, "file"]);
      }
  }
}

function object(value: unknown, path: Path, allowed?: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Wrong("a mapping is needed here", path);
  const wrong = allowed && Object.keys(value).find((key) => !allowed.includes(key));
  if (wrong !== undefined)
    throw new Wrong(`${wrong} is not known here; there are ${allowed!.join(", ")}`, [...path, wrong], true);
  return value as Readonly<Record<string, unknown>>;
}
