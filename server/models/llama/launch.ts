import { closeSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, extname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "../../../provers/process/child.ts";
import type { HostSettings } from "./protocol.ts";

/** What node-llama-cpp looks at to tell the platform, and nothing of a person's. */
const linuxSystemFolders = [
  "/lib",
  "/lib64",
  "/usr/lib",
  "/usr/lib64",
  "/usr/local/lib",
  "/etc/os-release",
  "/proc",
  "/sys",
];

/** Variables that a GPU's libraries are found by. */
const gpuVariables = ["LD_LIBRARY_PATH", "CUDA_PATH", "CUDA_VISIBLE_DEVICES", "VK_ICD_FILENAMES"];

/**
 * Starts a model host. It runs under Node's permission model: it may load llama.cpp and read it and the model, but write nothing,
 * start nothing, and have no threads of its own in JavaScript. llama.cpp is native code, which Node cannot hold to that
 * (`--allow-addons` says so): against a model file that is itself an attack only its pinned hash helps.
 */
export function startHost(settings: HostSettings, memoryMegabytes: number, signal: AbortSignal): Child {
  const self = fileURLToPath(import.meta.url);
  const host = join(dirname(self), `host${extname(self)}`);
  return startChild({
    command: process.execPath,
    args: [
      "--permission",
      "--allow-addons",
      "--disable-warning=PERM0001",
      ...readable(dirname(self), settings).map((path) => `--allow-fs-read=${path}`),
      host,
      JSON.stringify(settings),
    ],
    env: Object.fromEntries(
      gpuVariables.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
    ),
    memory: { megabytes: memoryMegabytes, of: "resident" },
    signal,
  });
}

/** What a host with this model may hold in memory: the file, as much again and half for the context, and the program. Megabytes. */
export function memoryFor(modelPath: string): number {
  return Math.ceil((statSync(modelPath).size / (1 << 20)) * 2.5) + 2048;
}

/**
 * Whether a file begins as a GGUF file does: the magic and a version of 1 to 3, in little endian (ggml/docs/gguf.md). On other
 * files node-llama-cpp's reader may take very long to find out.
 */
export function isGguf(modelPath: string): boolean {
  const file = openSync(modelPath, "r");
  try {
    const header = Buffer.alloc(8);
    const whole = readSync(file, header, 0, 8, 0) === 8;
    const version = header.readUInt32LE(4);
    return whole && header.toString("latin1", 0, 4) === "GGUF" && version >= 1 && version <= 3;
  } finally {
    closeSync(file);
  }
}

function readable(ownFolder: string, { modelPath, library }: HostSettings): string[] {
  // Where the library looks elsewhere than on Linux was never tried: there it may read everything.
  if (process.platform !== "linux") return ["*"];
  const model = realpathSync(modelPath);
  return [
    ownFolder,
    ...packageFiles(ownFolder),
    modulesOf(library),
    modulesOf(realpathSync(library)),
    // A large model may be split over several files.
    ...(/-of-\d+\.gguf$/.test(basename(modelPath))
      ? [dirname(modelPath), dirname(model)]
      : [modelPath, model]),
    ...linuxSystemFolders,
  ];
}

/** The outermost `node_modules` of a path. */
function modulesOf(path: string): string {
  const name = `${sep}node_modules${sep}`;
  return path.slice(0, path.indexOf(name) + name.length);
}

/** Node looks upwards for a `package.json`, to see what kind of module a file is, and for packages, which may be linked. */
function packageFiles(folder: string): string[] {
  const parent = dirname(folder);
  return [
    join(folder, "package.json"),
    join(folder, "node_modules"),
    ...(parent === folder ? [] : packageFiles(parent)),
  ];
}
