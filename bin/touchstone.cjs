#!/usr/bin/env node
"use strict";
// The launcher. Written for any Node, so that an old one can say what to do instead of stopping at a syntax error.
const path = require("path");
const fs = require("fs");
const childProcess = require("child_process");

const NEEDED = 24;
const root = path.join(__dirname, "..");
const main = path.join(root, "server", "cli", "main.ts");

/** The Node 24 that npm installed as an optional dependency for this platform; null when there is none. */
function installedNode() {
  const name = "node-" + process.platform.replace("win32", "win") + "-" + process.arch;
  const file = process.platform === "win32" ? "node.exe" : "node";
  try {
    const folder = path.dirname(require.resolve(name + "/package.json", { paths: [root] }));
    const candidates = [path.join(folder, "bin", file), path.join(folder, file)];
    return candidates.filter(fs.existsSync)[0] || null;
  } catch (_error) {
    return null;
  }
}

/** Runs another Node in our place: same arguments, same streams, its exit status, and our signals passed on. */
function runWith(node) {
  const onTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const child = childProcess.spawn(node, [main].concat(process.argv.slice(2)), { stdio: "inherit" });
  ["SIGINT", "SIGTERM", "SIGHUP"].forEach((name) => {
    // On Ctrl-C the terminal tells the child itself; we only stay until it has finished.
    process.on(name, () => {
      if (name !== "SIGINT" || !onTerminal) child.kill(name);
    });
  });
  child.on("error", (error) => {
    process.stderr.write("touchstone: " + node + " could not be started: " + error.message + "\n");
    process.exit(2);
  });
  child.on("exit", (status, signal) => {
    if (signal === null) process.exit(status);
    ["SIGINT", "SIGTERM", "SIGHUP"].forEach((name) => {
      process.removeAllListeners(name);
    });
    process.kill(process.pid, signal);
  });
}

if (parseInt(process.versions.node, 10) >= NEEDED) {
  import("../server/cli/main.ts");
} else {
  const node = installedNode();
  if (node !== null) {
    runWith(node);
  } else {
    process.stderr.write(
      "touchstone needs Node " +
        NEEDED +
        " or newer; this is Node " +
        process.versions.node +
        ". Install one from https://nodejs.org,\n" +
        "or install touchstone with its optional dependencies, which bring one: npm install --include=optional\n",
    );
    process.exit(2);
  }
}
