// @ts-check
// Loaded before a sandboxed Node program (sandbox.ts). Node 24's `--permission` leaves two doors open: the network, and workers
// that are started with other flags. They are closed here, at the places where every way in ends. Workers load this file too.
"use strict";
const { syncBuiltinESMExports } = require("node:module");
const net = require("node:net");
const dgram = require("node:dgram");
const dns = require("node:dns");
const threads = require("node:worker_threads");

/** @param {string} what */
function refusal(what) {
  return () => {
    throw Object.assign(new Error(`a sandboxed program may not ${what}`), { code: "ERR_ACCESS_DENIED" });
  };
}

/** @param {any} holder @param {string} name @param {unknown} value */
function seal(holder, name, value) {
  Object.defineProperty(holder, name, { value, writable: false, configurable: false });
}

/** @param {any} holder @param {string} what */
function sealFunctions(holder, what) {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
    if (typeof value === "function" && name !== "constructor") seal(holder, name, refusal(what));
  }
}

seal(net.Socket.prototype, "connect", refusal("open a connection"));
seal(net.Server.prototype, "listen", refusal("listen on a socket"));
for (const name of ["bind", "connect", "send", "sendto"]) {
  seal(dgram.Socket.prototype, name, refusal("use datagrams"));
}
sealFunctions(dns.Resolver.prototype, "resolve names");
sealFunctions(dns.promises.Resolver.prototype, "resolve names");
sealFunctions(dns.promises, "resolve names");
sealFunctions(dns, "resolve names");

// A worker inherits our flags, and with them this file, unless it is given others.
const Worker = new Proxy(threads.Worker, {
  construct(target, args, newTarget) {
    const options = args[1] ?? {};
    if ("execArgv" in options || "env" in options) refusal("change a worker's flags or environment")();
    return Reflect.construct(target, args, newTarget);
  },
});
seal(threads.Worker.prototype, "constructor", Worker);
seal(threads, "Worker", Worker);
syncBuiltinESMExports();
