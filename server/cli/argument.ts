import { InvalidArgumentError } from "commander";
import { parseDuration } from "./duration.ts";
import { parseTarget, type Target } from "./target.ts";

/** `FILE` or `FILE:LINE`, any number of them. */
export function targets(text: string, previous: readonly Target[] | undefined): readonly Target[] {
  const target = parseTarget(text);
  if (!target) throw new InvalidArgumentError("Write FILE or FILE:LINE, with lines counted from 1.");
  return [...(previous ?? []), target];
}

/** Milliseconds. */
export function duration(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds === null) throw new InvalidArgumentError("Write a duration such as 500ms, 10s or 2m.");
  return milliseconds;
}

export function natural(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError("Write a whole number.");
  return value;
}

/** The values of an option that is repeated, each as it is. */
export function each(text: string, previous: readonly string[]): readonly string[] {
  return [...previous, text];
}

/** Names separated by commas; the option may be repeated. */
export function list(text: string, previous: readonly string[]): readonly string[] {
  return [...previous, ...text.split(",").filter((name) => name !== "")];
}
