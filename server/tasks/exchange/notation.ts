import type { Document } from "../../engine/task.ts";

export type Notation = "sygus" | "horn";

/** Which format a document is in, by its name, or by its text where it has none; null for C. */
export function notationOf({ file, text }: Pick<Document, "file" | "text">): Notation | null {
  if (/\.sl$/i.test(file)) return "sygus";
  if (/\.(?:smt2?|chc)$/i.test(file)) return "horn";
  const bare = text.replace(/^(?:\s+|;[^\n]*\n)+/, "");
  if (file !== "-" || !bare.startsWith("(")) return null;
  return /\(\s*synth-(?:inv|fun)\b/.test(text) ? "sygus" : "horn";
}
