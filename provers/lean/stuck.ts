import { isRunning } from "../process/limits.ts";

/** So often it is looked at whether the process works; one that is stuck does so in few looks of a window. */
const LOOK_MS = 100;
const WINDOW = 50;
const FEW = 10;
/** Milliseconds without a word after which a process counts as stuck although it computes, or nobody knows whether it does. */
const SILENCE_MS = 120_000;

export interface Watched {
  readonly pid: number | undefined;
  /** Messages received so far. */
  heard(): number;
}

/**
 * Calls `stuck` once when the process that should be working on an answer neither says nor computes anything for five seconds, times
 * `patience`: WebAssembly's threads may wait for each other for ever. Returns the way to stop watching.
 */
export function watchStuck({ pid, heard }: Watched, patience: number, stuck: () => void): () => void {
  if (pid === undefined) return () => {};
  let words = heard();
  let spoke = performance.now();
  let looks = 0;
  let working = 0;
  const isStuck = () => {
    if (heard() !== words) {
      words = heard();
      spoke = performance.now();
      looks = working = 0;
      return false;
    }
    if (performance.now() - spoke > SILENCE_MS * patience) return true;
    looks++;
    if (isRunning(pid) !== false) working++;
    if (looks < WINDOW * patience) return false;
    const few = working < FEW * patience;
    looks = working = 0;
    return few;
  };
  const timer = setInterval(() => {
    if (!isStuck()) return;
    clearInterval(timer);
    stuck();
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
