import { COMMAND_WORDS } from "./command-words.ts";
import type { Token } from "./tokens.ts";

/** The names that `variable` commands bind at an offset: those of the sections and namespaces that are open there. */
export function variablesAt(tokens: readonly Token[], offset: number): ReadonlySet<string> {
  const scopes: Set<string>[] = [new Set()];
  for (const [index, { text, first, start }] of tokens.entries()) {
    if (start >= offset) break;
    if (!first) continue;
    if (text === "section" || text === "namespace" || text === "mutual") scopes.push(new Set());
    else if (text === "noncomputable" && tokens[index + 1]?.text === "section") scopes.push(new Set());
    else if (text === "end" && scopes.length > 1) scopes.pop();
    else if (text === "variable") for (const name of boundBy(tokens, index + 1)) scopes.at(-1)!.add(name);
  }
  return new Set(scopes.flatMap((scope) => [...scope]));
}

/** The names in the binders that begin here; an instance may have none. */
function boundBy(tokens: readonly Token[], from: number): string[] {
  const names: string[] = [];
  let binder: { readonly open: string; readonly names: string[]; named: boolean } | null = null;
  let depth = 0;
  for (const { text, kind, first } of tokens.slice(from)) {
    if (depth === 0 && first && (COMMAND_WORDS.has(text) || text === "@[" || text.startsWith("#"))) break;
    if ("([{⟨⦃".includes(text)) {
      if (depth++ === 0) binder = { open: text, names: [], named: true };
    } else if (")]}⟩⦄".includes(text)) {
      if (--depth === 0 && binder !== null && (binder.open !== "[" || !binder.named))
        names.push(...binder.names);
    } else if (depth === 1 && binder?.named) {
      if (text === ":") binder.named = false;
      else if (kind === "word") binder.names.push(text);
    }
  }
  return names;
}
