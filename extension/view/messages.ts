import type { AnyEvent } from "../../server/lsp/host/messages.ts";

/** What the extension tells the page of the search view. */
export type ToPage =
  /** Everything from the beginning: the page was opened, or another file is replayed. */
  | {
      readonly type: "show";
      readonly sections: readonly Section[];
      readonly price: number;
      /** The name of the file that is replayed; null for what happens now. */
      readonly replay: string | null;
    }
  | {
      readonly type: "events";
      readonly run: number;
      readonly uri: string;
      readonly events: readonly AnyEvent[];
    };

/** The events of one run. */
export interface Section {
  readonly run: number;
  readonly uri: string;
  readonly events: readonly AnyEvent[];
}

/** What the page asks for. */
export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "preview"; readonly run: number; readonly group: string }
  | { readonly type: "open"; readonly uri: string; readonly line: number }
  | { readonly type: "command"; readonly command: "stop" | "replay" | "saveEvents" | "suggest" | "live" };
