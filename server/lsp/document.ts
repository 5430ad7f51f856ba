import type { TextDocument } from "vscode-languageserver-textdocument";
import { type Outline, outlineC } from "../../grammars/c/outline.ts";
import { LARGEST_INPUT } from "../cli/input.ts";
import { holesOf, type OutlinedHole, type ProofLanguage } from "./holes.ts";
import { Results } from "./results.ts";

export type Language = "c" | ProofLanguage;

const NOTHING: Outline = { functions: [], loops: [] };

/** An open document with what is known of it. */
export class OpenDocument {
  readonly text: TextDocument;
  readonly language: Language;
  readonly results = new Results();
  #outline: {
    readonly version: number;
    readonly outline: Outline;
    readonly holes: readonly OutlinedHole[];
  } | null = null;

  constructor(text: TextDocument, language: Language) {
    this.text = text;
    this.language = language;
  }

  /** Larger than what is read. */
  get tooLarge(): boolean {
    return this.text.getText().length > LARGEST_INPUT;
  }

  /** Functions and loops of the text as it stands; none of a text that is too large to be worked on. */
  get outline(): Outline {
    return this.#read().outline;
  }

  /** Holes of its proofs, likewise. */
  get holes(): readonly OutlinedHole[] {
    return this.#read().holes;
  }

  /** 1-based lines of the loops of a function, as the text stands. */
  loopLines(group: string): number[] {
    const { functions, loops } = this.outline;
    return loops
      .filter((loop) => loop.function !== null && functions[loop.function]!.name === group)
      .map(({ keyword }) => this.text.positionAt(keyword).line + 1);
  }

  #read() {
    const { version } = this.text;
    if (this.#outline?.version !== version) {
      const text = this.tooLarge ? "" : this.text.getText();
      this.#outline =
        this.language === "c"
          ? { version, outline: outlineC(text), holes: [] }
          : { version, outline: NOTHING, holes: holesOf(text, this.language) };
    }
    return this.#outline;
  }
}

/** The language that a document is worked on in; null for all others. A file that nobody claims goes by its name. */
export function languageOf(languageId: string, uri: string): Language | null {
  if (languageId === "c") return "c";
  if (languageId === "coq" || languageId === "rocq") return "coq";
  if (languageId === "lean4" || languageId === "lean") return "lean";
  if (languageId !== "plaintext") return null;
  return uri.endsWith(".v") ? "coq" : uri.endsWith(".lean") ? "lean" : null;
}
