import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Goal, ProofAssistant, ProofSession, TacticResult } from "../../../server/search/session.ts";

export const signal = new AbortController().signal;

/** A file that exists for its name only: its text is given. */
export function scratchFile(name = "Test.v"): { readonly file: string; remove(): void } {
  const directory = mkdtempSync(join(tmpdir(), "touchstone-coq-"));
  return { file: join(directory, name), remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/** Opens the hole marked `<hole>`; the mark itself is taken out. */
export async function openAt(assistant: ProofAssistant, marked: string, file = "/nowhere/Test.v") {
  const offset = marked.indexOf("<hole>");
  const text = marked.replace("<hole>", "");
  return assistant.open({ file, text, offset: offset < 0 ? text.length : offset }, signal);
}

/** The same, where it must succeed. */
export async function sessionAt(
  assistant: ProofAssistant,
  marked: string,
  file?: string,
): Promise<ProofSession> {
  const opened = await openAt(assistant, marked, file);
  if (opened.kind === "failed") throw new Error(opened.message);
  return opened.session;
}

/** Applies tactics one after the other and gives the last result; stops at the first that makes no progress. */
export async function applyAll(session: ProofSession, tactics: readonly string[], deadlineMs = 20_000) {
  let state = session.root;
  let result: TacticResult | null = null;
  for (const tactic of tactics) {
    result = await session.apply(state, tactic, deadlineMs, signal);
    if (result.kind === "error") return result;
    state = result.state;
  }
  return result!;
}

export function conclusions(goals: readonly Goal[]): string[] {
  return goals.map(({ conclusion }) => conclusion);
}
