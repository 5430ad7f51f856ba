import { styleText } from "node:util";

export type Style = "green" | "red" | "yellow" | "cyan" | "dim" | "bold";

/** Colours a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_style, text) => text;

/** Colours where the stream shows them; NO_COLOR and FORCE_COLOR decide before the stream does. */
export function painter(stream: NodeJS.WriteStream, wanted: boolean): Paint {
  if (!wanted) return plain;
  return (style, text) => styleText(style, text, { stream, validateStream: true });
}
