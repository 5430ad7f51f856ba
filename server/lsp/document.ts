import type { TextDocument } from "vscode-languageserver-textdocument";
import { type Outline, outlineC } from "../../grammars/c/outline.ts";
import { LARGEST_INPUT } from "../cli/input.ts";
import { Results } from "./results.ts";

/** An open document with what is known of it. */
export class OpenDocument {
  readonly text: TextDocument;
  readonly results = new Results();
  #outline: { readonly version: number; readonly outline: Outline } | null = null;

  constructor(text: TextDocument) {
    this.text = text;
  }

  /** Larger than what is read. */
  get tooLarge(): boolean {
    return this.text.getText().length > LARGEST_INPUT;
  }

  /** The outline of the text as it stands; empty for a text that is too large to be worked on. */
  get outline(): Outline {
    const { version } = this.text;
    if (this.#outline?.version !== version)
      this.#outline = {
        version,
        outline: this.tooLarge ? { functions: [], loops: [] } : outlineC(this.text.getText()),
      };
    return this.#outline.outline;
  }

  /** 1-based lines of the loops of a function, as the text stands. */
  loopLines(group: string): number[] {
    const { functions, loops } = this.outline;
    return loops
      .filter((loop) => loop.function !== null && functions[loop.function]!.name === group)
      .map(({ keyword }) => this.text.positionAt(keyword).line + 1);
  }
}

/** The documents that are worked on. Other languages join with their tasks. */
export function isOurs(languageId: string): boolean {
  return languageId === "c";
}
