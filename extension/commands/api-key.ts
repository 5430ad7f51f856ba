import { window } from "vscode";
import { KEY } from "../secrets.ts";
import type { Parts } from "./register.ts";

/** Puts a key into the secret store, from where only the server gets it; an empty one removes what is there. */
export async function setApiKey({ context }: Parts): Promise<void> {
  const stored = (await context.secrets.get(KEY)) !== undefined;
  const key = await window.showInputBox({
    title: "Touchstone: API key",
    prompt: stored
      ? "A key is stored. A new one replaces it; an empty one removes it."
      : "The key for the endpoint of touchstone.baseUrl. It is kept in the secret store, never in settings.",
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      /[^\x21-\x7e]/.test(text.trim()) ? "A key has no spaces and no special characters." : undefined,
  });
  if (key === undefined) return;
  if (key.trim() === "") {
    await context.secrets.delete(KEY);
    void window.showInformationMessage("Touchstone: no key is stored.");
  } else {
    await context.secrets.store(KEY, key.trim());
    void window.showInformationMessage("Touchstone: the key is in the secret store.");
  }
}
