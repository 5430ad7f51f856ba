import { spawn } from "node:child_process";
import { StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { NoisyMessageReader } from "../../../provers/lean/frames.ts";
import { sandboxArguments } from "../../../provers/process/sandbox.ts";
import { pulledLean } from "../../../server/install/lean.ts";

/**
 * Stands in for `lean --server`, whose process in front of the workers speaks in this order: it answers `initialize` itself, takes
 * nothing before `initialized`, then asks the client to register file watchers, and starts a worker at `didOpen`, to which it hands
 * on what comes. Behind it is the embedded worker. What is sent out of order ends it with status 1.
 */
interface Message {
  readonly jsonrpc: "2.0";
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
}

const lean = await pulledLean();
if (lean === null) process.exit(3);
const client = new StreamMessageWriter(process.stdout);
let state: "started" | "answered" | "initialized" | "registered" = "started";
let first: Message | null = null;
let worker: StreamMessageWriter | null = null;

/** In this process's own group, so that it ends with it however that ends. */
function startWorker(folder: string, script: string, library: string): StreamMessageWriter {
  const sandbox = sandboxArguments({ read: [folder], workers: true, heapMegabytes: 512 });
  const lazy = ["--wasm-lazy-compilation", "--wasm-lazy-validation"];
  const options = ["-Dserver.reportDelayMs=0", "--worker", "file:///touchstone/Document.lean"];
  const child = spawn(process.execPath, [...lazy, ...sandbox, script, ...options], {
    env: { LEAN_PATH: library },
    stdio: ["pipe", "pipe", "ignore"],
  });
  new NoisyMessageReader(child.stdout).listen((message) => {
    // The worker answers `initialize` to nobody.
    const { id, method } = message as Message;
    if (method !== undefined || id !== first?.id) void client.write(message);
  });
  child.once("exit", () => process.exit(2));
  return new StreamMessageWriter(child.stdin);
}

new StreamMessageReader(process.stdin).listen((received) => {
  const message = received as Message;
  if (state === "started") {
    if (message.method !== "initialize") process.exit(1);
    first = message;
    state = "answered";
    const capabilities = { textDocumentSync: { openClose: true, change: 2 }, hoverProvider: true };
    const answer = { jsonrpc: "2.0", id: message.id, result: { capabilities } };
    // A client that does not wait for the answer is out of order before it comes.
    setTimeout(() => void client.write(answer as never), 200);
  } else if (state === "answered") {
    if (message.method !== "initialized") process.exit(1);
    state = "initialized";
    const registration = {
      jsonrpc: "2.0",
      id: "register_ilean_watcher",
      method: "client/registerCapability",
    };
    void client.write({ ...registration, params: { registrations: [] } } as never);
  } else if (message.id === "register_ilean_watcher") {
    state = "registered";
  } else if (message.method === "textDocument/didOpen") {
    worker = startWorker(lean.folder, lean.script, lean.library);
    void worker.write(first as never);
    void worker.write(received);
  } else if (worker === null) process.exit(1);
  else void worker.write(received);
});
