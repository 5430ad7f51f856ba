// @ts-check
// A child process around jsCoq's worker (npm `jscoq`, AGPL-3.0-or-later), which was fetched into the cache and is no part of
// Touchstone. The worker's own messages go through unchanged, one JSON value a line: standard input to it, its answers to
// standard output. Started by launch.ts with the permissions of a sandbox; arguments: the worker's file, its library.
"use strict";
const fs = require("node:fs");
const { Module } = require("node:module");
const { createInterface } = require("node:readline");

const [file, library] = process.argv.slice(2);
if (file === undefined || library === undefined) throw new Error("usage: host.cjs WORKER LIBRARY");

/** What the worker prints by itself would break the protocol. */
const { Console } = require("node:console");
globalThis.console = new Console(process.stderr);
const write = process.stdout.write.bind(process.stdout);

const worker = new Module(file);
worker.filename = file;
// Node's own loader, which has no types.
/** @type {any} */ (worker)._compile(fs.readFileSync(file, "utf8"), file);
/** @type {{ postMessage(message: unknown): void, onmessage: (message: unknown) => void }} */
const coq = worker.exports.jsCoq;
coq.onmessage = (message) => write(`${JSON.stringify(message)}\n`);

/** Directories with their logical names, as the worker takes them; plugins are announced before anything is loaded. */
/** @type {[string[], string[]][]} */
const paths = [];
/** @param {string} directory @param {string[]} logical */
function register(directory, logical) {
  paths.push([logical, [directory, "."]]);
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const path = `${directory}/${entry.name}`;
    if (entry.isDirectory()) register(path, [...logical, entry.name]);
    else if (entry.name.endsWith(".cma")) coq.postMessage(["Register", path]);
  }
}
register(library, []);
write(`${JSON.stringify(["LoadPaths", paths])}\n`);

createInterface({ input: process.stdin }).on("line", (line) => coq.postMessage(JSON.parse(line)));
