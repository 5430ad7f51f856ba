import type { Child, Exit } from "./child.ts";

/**
 * Lets a program that wants no input run to its end, or kills it at the deadline: then it is `late`. `heard` gets its standard
 * output, piece by piece, all of it before this resolves. Never rejects.
 */
export async function runToEnd(
  child: Child,
  deadlineMs: number,
  heard: (piece: string) => void,
): Promise<{ readonly exit: Exit; readonly late: boolean }> {
  child.stdout.setEncoding("utf8").on("data", heard);
  const ended = new Promise((resolve) => child.stdout.once("close", resolve));
  child.stdin.end();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill();
  }, deadlineMs);
  const exit = await child.exited;
  clearTimeout(timer);
  // What was never started says nothing, and need not say that it has ended.
  if (exit.kind !== "notStarted") await ended;
  return { exit, late };
}
