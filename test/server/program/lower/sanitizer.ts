import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RandomFunction } from "./random-c.ts";

/** One call: the function's index, the globals `g` and `h`, the arguments. */
export interface Call {
  readonly index: number;
  readonly g: bigint;
  readonly h: bigint;
  readonly arguments: readonly bigint[];
}

/** True when a C compiler with the undefined-behaviour sanitizer can be run. */
export function hasSanitizer(): boolean {
  const source = "int main(void) { return 0; }";
  return (
    spawnSync("cc", ["-x", "c", "-fsanitize=undefined", "-o", "/dev/null", "-"], { input: source }).status ===
    0
  );
}

/**
 * Compiles functions called `f0`, `f1`, … with `-fsanitize=undefined` and makes the calls, each in a process of its own.
 * Returns `result g h` for each, or `undefined` where the sanitizer stopped it.
 */
export function runCompiled(
  folder: string,
  functions: readonly RandomFunction[],
  calls: readonly Call[],
): string[] {
  const source = join(folder, "functions.c");
  const binary = join(folder, "functions");
  writeFileSync(source, harness(functions));
  execFileSync("cc", [
    "-w",
    "-O0",
    "-fsanitize=undefined",
    "-fno-sanitize-recover=all",
    "-o",
    binary,
    source,
  ]);
  const input = calls.map((call) => {
    const values = [call.g, call.h, ...Array.from({ length: 4 }, (_, at) => call.arguments[at] ?? 0n)];
    return [call.index, ...values.map((value) => BigInt.asIntN(64, value))].join(" ");
  });
  const output = execFileSync(binary, {
    input: `${input.join("\n")}\n`,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
  });
  return output.trimEnd().split("\n");
}

function harness(functions: readonly RandomFunction[]): string {
  const cases = functions.map(({ parameters, result }, index) => {
    const values = parameters.map((type, at) => `(${type})a[${at}]`).join(", ");
    const format = result.startsWith("unsigned long") ? "%llu" : "%lld";
    const wide = result.startsWith("unsigned long") ? "unsigned long long" : "long long";
    return `case ${index}: { ${result} r = f${index}(${values}); printf("${format} %d %d\\n", (${wide})r, g, h); break; }`;
  });
  return `#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
int g; unsigned char h;
${functions.map(({ text }) => text.compiled).join("\n")}
static void call(int index, long long *a) {
  switch (index) {
${cases.join("\n")}
  }
}
int main(void) {
  int index, gg, hh, status;
  long long a[4];
  while (scanf("%d %d %d %lld %lld %lld %lld", &index, &gg, &hh, a, a + 1, a + 2, a + 3) == 7) {
    fflush(stdout);
    if (fork() == 0) { g = gg; h = hh; call(index, a); fflush(stdout); _exit(0); }
    wait(&status);
    if (status != 0) printf("undefined\\n");
  }
  return 0;
}
`;
}
