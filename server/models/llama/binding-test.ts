import childProcess from "node:child_process";
import { EventEmitter } from "node:events";
import { syncBuiltinESMExports } from "node:module";

/**
 * Before it loads a prebuilt binary, node-llama-cpp starts a second Node process to see whether loading crashes. The model host
 * may start no process (it runs under Node's permission model), and need not: it is itself the process that may crash, and its
 * owner reports that and tries again on the CPU. So the library is told that the test passed.
 *
 * Must run before node-llama-cpp is imported. The messages are those of its `testBindingBinary.js` (3.22).
 */
export function skipBindingTest(): void {
  childProcess.fork = (() => new PassedTest()) as unknown as typeof childProcess.fork;
  syncBuiltinESMExports();
}

class PassedTest extends EventEmitter {
  exitCode: number | null = null;

  constructor() {
    super();
    setImmediate(() => this.emit("message", { type: "ready" }));
  }

  send(message: { type: string }): boolean {
    const reply = { start: "loaded", test: "done" }[message.type];
    queueMicrotask(() => {
      if (reply !== undefined) this.emit("message", { type: reply });
      else this.#exit();
    });
    return true;
  }

  kill(): boolean {
    return true;
  }

  #exit(): void {
    this.exitCode = 0;
    this.emit("exit", 0);
  }
}
