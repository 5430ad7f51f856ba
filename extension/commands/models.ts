import { ConfigurationTarget, type QuickPickItem, window, workspace } from "vscode";
import { METHODS } from "../../server/lsp/protocol.ts";
import type { Parts } from "./register.ts";

/** A row of `touchstone model list`. */
interface Listed {
  readonly name: string;
  readonly title: string;
  readonly bytes: number | null;
  readonly licence: string;
  readonly pulled: boolean;
}

type Choice = QuickPickItem & { readonly value: string | null };

/** Lets the person choose which model is asked; the choice is a user setting. */
export async function selectModel({ server }: Parts): Promise<void> {
  const models = await listed(server);
  const items: Choice[] = [
    { label: "First that is found", description: "the default", value: "" },
    { label: "None", description: "symbolic search only", value: "none" },
    ...models.map((model) => ({
      label: model.title,
      description: model.pulled ? "pulled" : "not pulled yet",
      detail: [size(model), model.licence].filter((part) => part !== "").join(", "),
      value: model.name,
    })),
    {
      label: "OpenAI-compatible endpoint…",
      description: "address in touchstone.baseUrl, key in the secret store",
      value: null,
    },
  ];
  const picked = await window.showQuickPick(items, {
    title: "Touchstone: which model has ideas?",
    matchOnDetail: true,
  });
  if (!picked) return;
  const value = picked.value ?? (await askForEndpointModel());
  if (value === undefined) return;
  await workspace.getConfiguration("touchstone").update("model", value, ConfigurationTarget.Global);
  if (models.some((model) => model.name === value && !model.pulled)) await pull(server, value);
}

/** Pulls a model into the cache. The server shows how far it is, and stops when told to. */
export async function pullModel({ server }: Parts): Promise<void> {
  const missing = (await listed(server)).filter(({ pulled }) => !pulled);
  if (missing.length === 0) {
    void window.showInformationMessage("Touchstone: every known model is pulled.");
    return;
  }
  const picked = await window.showQuickPick(
    missing.map((model) => ({
      label: model.title,
      description: size(model),
      detail: model.licence,
      value: model.name,
    })),
    { title: "Touchstone: pull which model?" },
  );
  if (picked) await pull(server, picked.value);
}

async function pull(server: Parts["server"], name: string): Promise<void> {
  const client = await server.started();
  try {
    const { title } = await client.sendRequest<{ title: string }>(METHODS.pullModel, { name });
    void window.showInformationMessage(`Touchstone: ${title} is ready.`);
  } catch (error) {
    void window.showErrorMessage(`Touchstone: ${error instanceof Error ? error.message : error}`);
  }
}

async function listed(server: Parts["server"]): Promise<readonly Listed[]> {
  return (await server.started()).sendRequest<readonly Listed[]>(METHODS.models);
}

async function askForEndpointModel(): Promise<string | undefined> {
  const name = await window.showInputBox({
    title: "Touchstone: model of the endpoint",
    prompt: "The name that the server knows the model by.",
  });
  return name?.trim() ? `openai:${name.trim()}` : undefined;
}

function size({ bytes }: Listed): string {
  return bytes === null ? "" : `${Math.round(bytes / 1e6)} MB`;
}
