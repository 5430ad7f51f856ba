import type { SecretStorage } from "vscode";

/** The variable that a stored key stands for; a key in the environment of the editor is used where none is stored. */
export const KEY = "TOUCHSTONE_API_KEY";

/** The keys of the secret store, for the server alone. */
export async function storedKeys(secrets: SecretStorage): Promise<Record<string, string>> {
  const key = await secrets.get(KEY);
  return key === undefined ? {} : { [KEY]: key };
}
