import { commands, window } from "vscode";
import { type Explanation, METHODS } from "../../server/lsp/protocol.ts";
import type { Parts } from "./register.ts";

/** Opens a page that says why the function around a place is proved or not; without a place, the cursor's. */
export async function explain(
  { server, pages }: Parts,
  uri?: string,
  position?: { line: number; character: number },
): Promise<void> {
  const editor = window.activeTextEditor;
  const client = await server.started();
  const place =
    typeof uri === "string" && position
      ? { uri, position }
      : editor && {
          uri: client.code2ProtocolConverter.asUri(editor.document.uri),
          position: { line: editor.selection.active.line, character: editor.selection.active.character },
        };
  const explanation = place && (await client.sendRequest<Explanation | null>(METHODS.explain, place));
  if (!explanation) {
    const choice = await window.showInformationMessage(
      "Touchstone: nothing is known of the text that stands here yet.",
      "Verify File",
    );
    if (choice) await commands.executeCommand("touchstone.verify");
    return;
  }
  const name = explanation.title.replace(/[^\w. :'<>=+*-]/g, " ").slice(0, 80);
  await commands.executeCommand("markdown.showPreview", pages.page(`${name}.md`, explanation.markdown));
}
