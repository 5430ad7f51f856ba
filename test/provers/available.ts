import { cvc5Program } from "../../provers/cvc5/cvc5.ts";
import { findCvc5 } from "../../provers/cvc5/find.ts";
import type { SmtProgram } from "../../provers/smtlib/program.ts";
import { findZ3 } from "../../provers/z3/find.ts";
import { nativeZ3Program } from "../../provers/z3/native.ts";
import { wasmZ3Program } from "../../provers/z3/wasm.ts";

/** A solver that the tests run on; `start` is null where it is not on this machine, and `title` says so. */
export interface Available {
  readonly title: string;
  readonly start: ((megabytes?: number) => SmtProgram) | null;
}

const z3 = await findZ3();
const cvc5 = await findCvc5();

export const wasm = { title: "Z3 in WebAssembly", start: wasmZ3Program } satisfies Available;
export const native: Available =
  z3.kind === "found"
    ? { title: "native Z3", start: (megabytes) => nativeZ3Program(z3, megabytes) }
    : { title: `native Z3 (skipped: ${z3.message})`, start: null };
export const second: Available =
  cvc5.kind === "found"
    ? { title: "cvc5", start: (megabytes) => cvc5Program(cvc5, megabytes) }
    : { title: `cvc5 (skipped: ${cvc5.message})`, start: null };
