import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { cacheDirectory } from "../install/cache.ts";

/** The language server over standard input and output: `touchstone lsp`. Standard output belongs to the protocol. */
enableCompileCache(join(cacheDirectory(), "compiled"));
const [{ createConnection, ProposedFeatures }, { Life }, { serve }] = await Promise.all([
  import("vscode-languageserver/node"),
  import("./life.ts"),
  import("./server.ts"),
]);
const life = new Life();
const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout, {
  messageStrategy: life.strategy,
});
life.serve(connection);
const session = serve(connection, () => {
  void session.close().finally(() => process.exit(0));
});
// A client that dies without a word closes the pipe.
process.stdin.on("close", () => void session.close().finally(() => process.exit(1)));
connection.listen();
