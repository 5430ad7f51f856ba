import {
  axiomsOf,
  bitField,
  calledByContract,
  ghostMayNotEnd,
  nameBeyondWp,
  type PrintedCode,
  printedFunction,
  unionMember,
} from "./code.ts";
import { isArbitrary } from "./dialect.ts";
import type { KernelWarning } from "./read.ts";

/** What stands against a proof that only Frama-C made, or what it takes for granted. */
export type Scrutiny =
  /** `hopeless`: for something in the code, which no annotation of a loop could mend. */
  | { readonly kind: "refused"; readonly reason: string; readonly hopeless: boolean }
  | { readonly kind: "accepted"; readonly assumptions: readonly string[]; readonly terminates: boolean };

/** Calls after which a function is entered or left a second time: no contract says that. */
const RETURNS_TWICE = /^_*(?:sig)?(?:setjmp|longjmp)$/;

/**
 * A function whose effects the kernel made up, of those that this one mentions: it then "assigns nothing", with a warning and
 * nothing else, and a caller proves what is not so (seen).
 */
export function madeUp(warnings: readonly KernelWarning[], text: string): string | null {
  for (const { text: said } of warnings) {
    const name = /generating default \w+(?: \w+)* from the prototype/.test(said)
      ? /for function (\w+)/.exec(said)?.[1]
      : /^Calling undeclared function (\w+)/.exec(said)?.[1];
    if (name !== undefined && !isArbitrary(name) && new RegExp(`\\b${name}\\b`).test(text)) return name;
  }
  return null;
}

/**
 * Looks for what WP accepts in silence, in a function that nobody else reads (soundness.md 9). `warnings` are the kernel's.
 */
export function scrutinise(code: PrintedCode, name: string, warnings: readonly KernelWarning[]): Scrutiny {
  const refused = (reason: string, hopeless = true): Scrutiny => ({ kind: "refused", reason, hopeless });
  const printed = printedFunction(code, name);
  if (printed === null) return refused(`Frama-C reads more than one function '${name}', or none`);
  const member = unionMember(code, printed);
  if (member !== null)
    return refused(
      `'${member}' is a member of a union, and WP takes the members of a union for memory apart`,
    );
  const field = bitField(code, printed);
  if (field !== null)
    return refused(`'${field}' is a bit-field, and WP takes it for an integer of its whole type`);
  const strange = nameBeyondWp(code);
  if (strange !== null) return refused(`WP does not follow '${strange}'`);
  if (ghostMayNotEnd(printed))
    return refused(
      "ghost code of the function calls or repeats something, which may never end where the program does",
    );
  if (/\b(?:__asm__|asm)\b/.test(printed.text))
    return refused("there is assembler in the function, of which WP knows only what its operands say");
  const twice = printed.callees.find((one) => RETURNS_TWICE.test(one));
  if (twice !== undefined) return refused(`'${twice}' returns in a way that no contract says`);
  const other = warnings.find(({ text }) => !/generating default|^Calling undeclared function/.test(text));
  if (other) return refused(`Frama-C warns: ${other.text}`, false);
  return {
    kind: "accepted",
    assumptions: [
      "x86-64 with the sizes of GCC's types",
      "pointers to different types do not overlap (WP's typed memory model)",
      "nothing undefined happens that WP's guards leave out: reads of what was never set, side effects whose order C leaves open, pointers past their object",
      ...printed.callees.filter((one) => calledByContract(code, one)).map((one) => `contract of ${one}`),
      ...axiomsOf(code),
    ],
    terminates: printed.measured,
  };
}
