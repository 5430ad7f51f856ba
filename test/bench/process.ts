import { spawn } from "node:child_process";

/** Standard output of a command that is given `input`, killed after the time limit. */
export function runToEnd(
  command: string,
  args: readonly string[],
  input: string,
  timeoutMs: number,
): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ["pipe", "pipe", "ignore"],
      timeout: timeoutMs,
      killSignal: "SIGKILL",
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.on("error", (error) => resolve(error.message));
    child.on("close", () => resolve(output));
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}
