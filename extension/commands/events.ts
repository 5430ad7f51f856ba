import { Uri, window, workspace } from "vscode";
import { parseEventFile } from "../view/fold.ts";
import type { Parts } from "./register.ts";

const FILTERS = { "Search events": ["jsonl", "json"], "All files": ["*"] };

/** Shows a recorded search: a file of `touchstone suggest --events`, or one that was saved here. */
export async function replay({ view }: Parts): Promise<void> {
  const [file] = (await window.showOpenDialog({ title: "Replay search events", filters: FILTERS })) ?? [];
  if (!file) return;
  const text = new TextDecoder().decode(await workspace.fs.readFile(file));
  const events = parseEventFile(text);
  const name = file.path.split("/").at(-1)!;
  if (events) await view.replay(name, events);
  else
    void window.showErrorMessage(
      `Touchstone: ${name} holds no search: choose a file that '--events' or 'Save Search Events' wrote.`,
    );
}

/** Writes the events of the last search to a file. */
export async function saveEvents({ view }: Parts): Promise<void> {
  const last = view.lastEvents();
  if (!last) {
    void window.showInformationMessage("Touchstone: there was no search yet.");
    return;
  }
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const file = await window.showSaveDialog({
    title: "Save search events",
    filters: FILTERS,
    ...(folder ? { defaultUri: Uri.joinPath(folder, `${last.name}.events.jsonl`) } : {}),
  });
  if (file) await workspace.fs.writeFile(file, new TextEncoder().encode(last.text));
}
