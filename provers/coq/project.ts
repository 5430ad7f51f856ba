import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** How a file is compiled: Coq's own words for where modules are. All paths are absolute. */
export interface Project {
  /** The directory of `_CoqProject` (or `_RocqProject`), or of the file where there is none. */
  readonly directory: string;
  readonly file: string | null;
  readonly loadPaths: readonly LoadPath[];
  /** What `-arg` passes on, and options that Coq takes itself, in order. */
  readonly options: readonly string[];
  /** The file's own module name: `StructTact.Before`; `Scratch` where its name is no identifier. */
  readonly module: string;
}

export interface LoadPath {
  /** `-R` makes partial names available, too; `-I` is for plugins and has no logical name. */
  readonly kind: "-Q" | "-R" | "-I";
  readonly directory: string;
  readonly logical: string;
}

const NAMES = ["_CoqProject", "_RocqProject"];

/** Reads the project that a file belongs to: the nearest `_CoqProject` above it. */
export function readProject(file: string): Project {
  const path = resolve(file);
  const project = nearest(dirname(path));
  const directory = project === null ? dirname(path) : dirname(project);
  const words = project === null ? [] : splitWords(readFileSync(project, "utf8"));
  const loadPaths: LoadPath[] = [];
  const options: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === "-Q" || word === "-R") {
      const [physical, logical] = [words[++at], words[++at]];
      if (physical === undefined || logical === undefined) break;
      loadPaths.push({ kind: word, directory: resolve(directory, physical), logical });
    } else if (word === "-I") {
      const physical = words[++at];
      if (physical === undefined) break;
      loadPaths.push({ kind: word, directory: resolve(directory, physical), logical: "" });
    } else if (word === "-arg") {
      options.push(...splitWords(words[++at] ?? ""));
    } else if (STANDALONE.has(word)) options.push(word);
  }
  return {
    directory,
    file: project,
    loadPaths,
    options: withoutBeside(options),
    module: moduleName(path, loadPaths),
  };
}

/** Options that may stand in `_CoqProject` without `-arg`. */
const STANDALONE = new Set([
  "-impredicative-set",
  "-noinit",
  "-indices-matter",
  "-type-in-type",
  "-allow-sprop",
]);

/** Why nothing is proved under the project's options; null as a rule. */
export function unusableOption({ options, file }: Project): string | null {
  const where = basename(file ?? "_CoqProject");
  for (const option of options) {
    if (option === "-type-in-type")
      return `the project compiles with ${option}, under which everything can be proved`;
    if (UNCHECKED.has(option))
      return `${option} in ${where} lets Coq pass proofs over, and a proof is only shown once they are checked: take it out of ${where}, give it to make or dune where you want it, and build the libraries whole (.vo files)`;
  }
  return null;
}

const UNCHECKED = new Set([
  "-vos",
  "-vok",
  "-quick",
  "-vio2vo",
  "-schedule-vio-checking",
  "-schedule-vio2vo",
]);

/** Options that only say what the compiler writes beside the .vo file, each with how many words follow. */
const BESIDE = new Map([
  ["-noglob", 0],
  ["-no-glob", 0],
  ["-dump-glob", 1],
]);

/** The arguments for coqc and coqidetop. */
export function projectArguments({ loadPaths, options }: Project): string[] {
  const paths = loadPaths.flatMap(({ kind, directory, logical }) =>
    kind === "-I" ? [kind, directory] : [kind, directory, logical],
  );
  return [...paths, ...options];
}

function withoutBeside(options: readonly string[]): string[] {
  const left: string[] = [];
  for (let at = 0; at < options.length; at++) {
    const follow = BESIDE.get(options[at]!);
    if (follow === undefined) left.push(options[at]!);
    else at += follow;
  }
  return left;
}

function nearest(directory: string): string | null {
  for (const name of NAMES) {
    const path = join(directory, name);
    if (existsSync(path)) return path;
  }
  const parent = dirname(directory);
  return parent === directory ? null : nearest(parent);
}

/** Words as in `_CoqProject`: blanks separate, quotes keep together, `#` begins a comment. */
function splitWords(text: string): string[] {
  const words: string[] = [];
  for (const [, quoted, single, plain] of text.matchAll(/"([^"]*)"|'([^']*)'|#[^\n]*|([^\s"'#]+)/g)) {
    const word = quoted ?? single ?? plain;
    if (word !== undefined) words.push(word);
  }
  return words;
}

/** The deepest load path above the file gives the name. */
function moduleName(path: string, loadPaths: readonly LoadPath[]): string {
  const stem = basename(path).replace(/\.v$/, "");
  const own = /^[\p{L}_][\p{L}\p{N}_']*$/u.test(stem) ? stem : "Scratch";
  const above = loadPaths
    .filter(({ kind, directory }) => kind !== "-I" && `${dirname(path)}/`.startsWith(`${directory}/`))
    .sort((a, b) => b.directory.length - a.directory.length)[0];
  if (above === undefined) return own;
  const between = dirname(path).slice(above.directory.length).split("/").filter(Boolean);
  const logical = above.logical === "" || above.logical === "." ? [] : [above.logical];
  return [...logical, ...between, own].join(".");
}
