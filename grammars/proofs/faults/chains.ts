import { type Chain, checkChain } from "../chain.ts";
import type { Fault } from "./seed.ts";

export function chainFaults(): readonly Fault[] {
  const regex = (source: string) => ({ kind: "regex", source }) as const;
  const base: Chain = {
    start: "ask",
    steps: {
      ask: { next: [{ to: "read", writes: regex("[0-9]{1,3}") }] },
      read: {
        reads: regex("[0-9]+"),
        next: [
          { to: "ask", atMost: 2 },
          { to: "end", writes: regex("ok") },
        ],
      },
      end: { reads: regex("[a-z]+"), final: true },
    },
  };
  const fault = (what: string, steps: Chain["steps"]): Fault => ({
    where: "chain",
    what,
    caught: () => {
      const [problem] = checkChain({ ...base, steps: { ...base.steps, ...steps } });
      return problem === undefined
        ? null
        : `${problem.at}: ${problem.message}${problem.text === undefined ? "" : ` ${JSON.stringify(problem.text)}`}`;
    },
  });
  return [
    fault("more is written than is read", { ask: { next: [{ to: "read", writes: regex("[0-9]{0,3}") }] } }),
    fault("a grammar writes what is not read", {
      ask: { next: [{ to: "read", writes: { kind: "gbnf", source: 'root ::= [0-9] "." [0-9]' } }] },
    }),
    fault("a retry without a bound", {
      read: { ...base.steps.read, next: [{ to: "ask" }, { to: "end", writes: regex("ok") }] },
    }),
    fault("a retry with a bound of none", {
      read: {
        ...base.steps.read,
        next: [
          { to: "ask", atMost: 0 },
          { to: "end", writes: regex("ok") },
        ],
      },
    }),
    fault("a step that nothing leads to", { lost: { final: true } }),
    fault("a step that leads nowhere", { end: { reads: regex("[a-z]+") } }),
    fault("a step that is not there", { ask: { next: [{ to: "reed", writes: regex("1") }] } }),
    fault("nothing is said of what is handed on", { ask: { next: [{ to: "read" }] } }),
    fault("two languages that are not shared", {
      ask: { next: [{ to: "read", writes: { kind: "language", name: "invariant" } }] },
      read: { ...base.steps.read, reads: { kind: "language", name: "smt-term" } },
    }),
    fault("anything may be written", { ask: { next: [{ to: "read", writes: { kind: "anything" } }] } }),
    fault("a grammar without a bound", {
      ask: { next: [{ to: "read", writes: { kind: "gbnf", source: "root ::= [0-9]+" } }] },
    }),
    fault("a grammar writes what the language that reads it refuses", {
      ask: { next: [{ to: "read", writes: { kind: "gbnf", source: 'root ::= "(f " [a-z] " ;)"' } }] },
      read: { ...base.steps.read, reads: { kind: "language", name: "smt-term" } },
    }),
  ];
}
