import { HEADS, PREFIXES } from "./words.ts";

/** A text and, for each of its characters, the offset in the text it was made from. */
export interface Laid {
  readonly text: string;
  readonly offsets: readonly number[];
}

interface Token {
  readonly text: string;
  readonly offset: number;
  readonly column: number;
  /** First on its line. */
  readonly first: boolean;
}

/** A block that is open. `explicit` ones have braces in the text; the outermost has none of either. */
interface Block {
  readonly kind: "outermost" | "implicit" | "explicit" | "group";
  /** Column of its tactics. */
  column: number;
  /** Brackets open around it. */
  readonly depth: number;
  /** The body of an alternative, which the next `|` ends. */
  readonly arm: boolean;
  readonly calc: boolean;
  /** The current tactic is `first`, whose bars begin tactics; or one with patterns, whose bars do not end it. */
  statement: "first" | "patterns" | "case" | "other";
  alone: boolean;
}

const STARTERS = new Set([...HEADS, ...PREFIXES, "first", "calc", "case", "next", "."]);
const PATTERNS = new Set(["rcases", "obtain", "rintro", "intro", "fun"]);
const OPEN = new Set(["(", "[", "(|"]);
const CLOSE = new Set([")", "]", "|)"]);

/**
 * Writes out what Lean reads off the indentation (as Landin's offside rule has it): a block after `by`, `·`, `calc`, the
 * arrow of an alternative; a new tactic where a line begins in the column of its block. A text on one line that has its
 * braces is left as it is. Bad indentation gives a text that does not parse, or tactics in another order of nesting than
 * was meant: what is shown and checked is always what was printed again.
 */
export function layOut(source: string): Laid {
  const pieces: { readonly text: string; readonly offset: number }[] = [];
  const put = (text: string, offset: number): void => {
    pieces.push({ text, offset });
  };
  const blocks: Block[] = [];
  const top = (): Block => blocks.at(-1)!;
  const open = (kind: Block["kind"], column: number, arm = false, calc = false): void => {
    blocks.push({ kind, column, depth, arm, calc, statement: "other", alone: true });
  };
  const close = (offset: number): void => {
    blocks.pop();
    put("}", offset);
  };
  let depth = 0;
  let pending: { readonly arm: boolean; readonly calc: boolean } | null = null;
  /** The depth at which an arrow will begin the body of an alternative. */
  let arrowAt: number | null = null;
  let starting = true;
  let previous = "";

  for (const token of tokensOf(source)) {
    const { text, offset, column } = token;
    if (blocks.length === 0) open("outermost", column);
    if (pending !== null) {
      if (text === "{") open("explicit", 0, pending.arm, pending.calc);
      else {
        put("{", offset);
        open("implicit", column, pending.arm, pending.calc);
      }
      const explicit = text === "{";
      pending = null;
      starting = true;
      if (explicit) {
        put(text, offset);
        previous = text;
        continue;
      }
    } else if (token.first && previous !== "") {
      if (lineBegins(token)) starting = true;
    }
    if (CLOSE.has(text)) {
      while (top().kind === "implicit" && top().depth >= depth && depth > 0) close(offset);
      if (top().kind === "group" && top().depth === depth) blocks.pop();
      depth -= 1;
    } else if (text === ",") {
      while (top().kind === "implicit" && top().depth === depth && depth > 0) close(offset);
    } else if (text === "}") {
      while (top().kind === "implicit") close(offset);
      if (top().kind === "explicit") blocks.pop();
    } else if (text === "|") bar(token);

    put(text, offset);
    const begins = starting;
    starting = false;
    const block = top();
    if (begins && text !== "|") {
      block.statement =
        text === "first"
          ? "first"
          : PATTERNS.has(text)
            ? "patterns"
            : text === "case" || text === "next"
              ? "case"
              : "other";
      if (block.statement === "case") arrowAt = depth;
    }
    if (OPEN.has(text)) {
      depth += 1;
      if (begins && text === "(") {
        open("group", 0);
        starting = true;
      }
    }
    if (text === "by") pending = { arm: false, calc: false };
    else if (begins && text === "calc") pending = { arm: false, calc: true };
    else if (begins && text === ".") pending = { arm: false, calc: false };
    else if (text === "=>" && arrowAt === depth) {
      pending = { arm: true, calc: false };
      arrowAt = null;
    } else if (text === "|" && depth === block.depth) {
      if (block.statement === "first") pending = { arm: true, calc: false };
      else if (previous === "with" || previous === "}" || token.first) arrowAt = depth;
    } else if (text === ";" || text === "<;>") {
      starting = true;
      if (text === ";") block.alone = false;
    } else if (begins && PREFIXES.includes(text)) starting = true;
    previous = text;
  }
  const end = source.length;
  while (blocks.length > 0 && top().kind === "implicit") close(end);
  return joined(pieces, end);

  /** What the beginning of a line ends; whether a new tactic begins. */
  function lineBegins(token: Token): boolean {
    const { text, offset, column } = token;
    const calc = blocks.findLastIndex((block) => block.calc);
    if (text === "_" && calc > 0 && blocks[calc]!.depth === depth && column > blocks[calc - 1]!.column) {
      while (blocks.length - 1 > calc && top().kind === "implicit") close(offset);
      top().column = column;
      put(";", offset);
      return true;
    }
    for (;;) {
      const block = top();
      if (block.kind === "explicit" || block.kind === "group" || depth > block.depth) return false;
      if (
        block.kind === "outermost" &&
        block.alone &&
        column > block.column &&
        STARTERS.has(text) &&
        finished(previous)
      ) {
        // The first line came without its indentation, as it does when it continues a prompt.
        block.column = column;
      }
      if (column > block.column) return false;
      if (column < block.column && block.kind === "implicit") {
        close(offset);
        continue;
      }
      if (text === "|" || text === "<;>" || CLOSE.has(text) || text === "}") return false;
      block.alone = false;
      put(";", offset);
      return true;
    }
  }

  /** A bar ends the alternative before it, unless the tactic there may have bars in its patterns. */
  function bar(token: Token): void {
    // At the beginning of a line its column has said that already.
    if (token.first) return;
    const arm = blocks.findLastIndex((block) => block.arm);
    if (arm < 0 || blocks[arm]!.depth !== depth) return;
    const inside = blocks.slice(arm);
    if (
      inside.some(
        ({ kind, statement }) => kind !== "implicit" || statement === "patterns" || statement === "first",
      )
    )
      return;
    if (previous === "with") return;
    while (blocks.length > arm) close(token.offset);
    previous = "}";
  }
}

/** Whether a line may end after this token. */
function finished(token: string): boolean {
  return /[\w'!?)\]*]$/.test(token) && !["with", "by", "at", "from", "fun", "using"].includes(token);
}

function* tokensOf(source: string): Generator<Token> {
  const pattern = /[@?.]?[A-Za-z_][\w'!?]*(?:\.\w[\w'!?]*)*|\d+|<;>|=>|\(\||\|\)|\|\||\|-|\|>|<\||:=|[^\s]/g;
  let end = 0;
  let lineStart = 0;
  for (const match of source.matchAll(pattern)) {
    const between = source.slice(end, match.index);
    const newline = between.lastIndexOf("\n");
    if (newline >= 0) lineStart = end + newline + 1;
    yield {
      text: match[0],
      offset: match.index,
      column: match.index - lineStart,
      first: newline >= 0 || end === 0,
    };
    end = match.index + match[0].length;
  }
}

/** The pieces with one space where there was white space, or where braces and separators were put in. */
function joined(pieces: readonly { readonly text: string; readonly offset: number }[], end: number): Laid {
  let text = "";
  const offsets: number[] = [];
  let last = -1;
  for (const piece of pieces) {
    const touches = piece.offset === last && !/^[{};]$/.test(piece.text) && !/[{};]$/.test(text);
    if (text !== "" && !touches) {
      text += " ";
      offsets.push(piece.offset);
    }
    text += piece.text;
    for (let index = 0; index < piece.text.length; index += 1)
      offsets.push(Math.min(end, piece.offset + index));
    last = piece.offset + piece.text.length;
  }
  offsets.push(end);
  return { text, offsets };
}
