import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";

/** Packages that stay packages: one loads a WebAssembly file beside itself, the other a native library. */
const APART = [/^z3-solver/, /^node-llama-cpp/];

/** Programs of their own: what starts them names their files, so that they keep their places in the tree. */
const ENTRIES = [
  "server/index.ts",
  "server/cli/main.ts",
  "server/lsp/main.ts",
  "server/lsp/host/main.ts",
  "server/models/llama/host.ts",
  "provers/z3/wasm.ts",
  "provers/process/sandbox.ts",
];

/** Files that are run or read as they are. */
const COPIED = [
  "provers/z3/wasm-host.cjs",
  "provers/coq/embedded/host.cjs",
  "grammars/certificate/coq/Checker.v",
  "provers/process/sandbox-preload.cjs",
];

/**
 * The server as plain JavaScript for any Node of a recent version, file by file in its own tree: what finds its neighbours by
 * `import.meta.url` finds them. Libraries go in with it, but for those that cannot.
 */
export async function bundleServer(
  root: string,
  target: string,
  copied: readonly string[] = [],
): Promise<void> {
  const bundle = await rolldown({
    cwd: root,
    input: Object.fromEntries(ENTRIES.map((file) => [file.replace(/\.ts$/, ""), join(root, file)])),
    platform: "node",
    external: APART,
    resolve: { conditionNames: ["node", "import", "default"] },
    logLevel: "warn",
  });
  await bundle.write({
    dir: target,
    format: "esm",
    preserveModules: true,
    preserveModulesRoot: root,
    // The packager leaves out a node_modules at the top, so that libraries need another name.
    entryFileNames: ({ name }) => `${name.replaceAll("node_modules", "libraries")}.js`,
    minify: false,
  });
  await bundle.close();
  for (const file of [...COPIED, ...copied]) {
    mkdirSync(join(target, file, ".."), { recursive: true });
    cpSync(join(root, file), join(target, file));
  }
}

/** The extension for the editor's own JavaScript, and the scripts of its pages for a browser. */
export async function bundleExtension(root: string, target: string): Promise<void> {
  const extension = await rolldown({
    cwd: root,
    input: { main: join(root, "extension/main.ts") },
    platform: "node",
    external: ["vscode"],
    logLevel: "warn",
  });
  await extension.write({
    dir: join(target, "extension"),
    format: "cjs",
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name]-[hash].cjs",
    minify: true,
  });
  await extension.close();
  for (const page of ["search", "report"]) {
    const bundle = await rolldown({
      cwd: root,
      input: { [page]: join(root, `extension/page/${page}.ts`) },
      platform: "browser",
      logLevel: "warn",
    });
    await bundle.write({
      dir: join(target, "extension/page"),
      format: "iife",
      entryFileNames: "[name].js",
      minify: true,
    });
    await bundle.close();
  }
  cpSync(join(root, "extension/page/style.css"), join(target, "extension/page/style.css"));
}
