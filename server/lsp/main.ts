import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { cacheDirectory } from "../install/cache.ts";

/** The language server over standard input and output: `touchstone lsp`. Standard output belongs to the protocol. */
enableCompileCache(join(cacheDirectory(), "compiled"));
const [{ createConnection, ProposedFeatures }, { serve }] = await Promise.all([
  import("vscode-languageserver/node"),
  import("./server.ts"),
]);
const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
const session = serve(connection, () => {
  void session.close().finally(() => process.exit(0));
});
// A client that dies without a word closes the pipe.
process.stdin.on("close", () => void session.close().finally(() => process.exit(1)));
connection.listen();
