import { commands, Uri, window } from "vscode";
import { METHODS, type Preview } from "../../server/lsp/protocol.ts";
import type { Parts } from "./register.ts";

/** Shows what a judged edit changes, as a diff of the text that it was made for. */
export async function previewEdit({ server, pages }: Parts, run: number, group: string): Promise<void> {
  const client = await server.started();
  const preview = await client.sendRequest<Preview | null>(METHODS.preview, { run, group });
  if (!preview) {
    void window.showInformationMessage("Touchstone: the texts of this search are not kept any more.");
    return;
  }
  const name = Uri.parse(preview.uri).path.split("/").at(-1) ?? "text.c";
  const before = pages.page(`${run}/before/${name}`, preview.before);
  const after = pages.page(`${run}/after/${name}`, preview.after);
  await commands.executeCommand("vscode.diff", before, after, `${group}: the proved edit (${name})`, {
    preview: true,
  });
}
