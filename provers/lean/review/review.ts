import type { ProofReviewer, Review, ReviewRequest } from "../../../server/engine/proof.ts";
import { ALL_ASSUMED, assumedAxiom, LEAN_AXIOMS } from "../axioms.ts";
import { type Checked, type LeanMessage, type Limits, positionAt } from "../server.ts";
import { usesSorry } from "../session.ts";
import { type LeanLauncher, LeanWorker } from "../worker.ts";
import { examineCommands } from "./commands.ts";
import { restsOn } from "./depends.ts";
import { type Edited, lineOf, readEdited } from "./edited.ts";
import { answerAt, type Probed, probe, readAxioms, speaksOf, usedVariables } from "./probe.ts";
import { rereadsTactics } from "./syntax.ts";
import { unreadHole, withoutProof, withProofRun } from "./without.ts";

/** Milliseconds for the whole file, twice. */
const REVIEW_MS = 300_000;

/** The judge's hand on Lean. */
export interface LeanReviewer extends ProofReviewer {
  /** Starts a process for the next review ahead of it. */
  prepare(signal: AbortSignal): void;
  close(): Promise<void>;
}

/**
 * Judges a proof on the text as it will stand (safety.md 12, 13): a process that has read nothing else elaborates the whole edited
 * file, any error rejects, and Lean tells what the theorem rests on, that its statement is the same term as before, and that
 * nothing else was declared. One process a review; the next one is started ahead.
 */
export function leanReviewer(
  launcher: LeanLauncher,
  stale: (file: string, text: string) => string | null,
): ProofReviewer & LeanReviewer {
  let spare: LeanWorker | null = null;
  let lasting: AbortSignal | null = null;
  const take = (file: string | null): LeanWorker => {
    const worker = spare;
    spare = null;
    return worker ?? new LeanWorker(launcher, file);
  };
  const prepare = (signal: AbortSignal) => {
    lasting = signal;
    if (spare !== null || !launcher.embedded || signal.aborted) return;
    spare = new LeanWorker(launcher, null);
    spare.prepare(signal).catch(() => {});
  };
  return {
    prepare,
    async review(request, signal) {
      const worker = take(request.document.file === "-" ? null : request.document.file);
      try {
        return await reviewOn(worker, launcher, stale, request, signal);
      } finally {
        await worker.close();
        if (lasting !== null) prepare(lasting);
      }
    },
    async close() {
      lasting = null;
      await spare?.close();
      spare = null;
    },
  };
}

/** Declarations of which the statement is what counts, whatever its holes are. */
const STATES = new Set(["theorem", "lemma", "example"]);

/** One review on one process, which the caller has started for it. */
export async function reviewOn(
  worker: LeanWorker,
  { name: checkedBy, embedded }: LeanLauncher,
  stale: (file: string, text: string) => string | null,
  { document, edit, offset }: ReviewRequest,
  signal: AbortSignal,
): Promise<Review> {
  const edited = readEdited(document.text, edit, offset);
  if (edited.kind === "rejected") return edited;
  const { refused, assumptions } = examineCommands(edited.text, edited.outline, embedded);
  if (refused !== null) return { kind: "rejected", reason: refused, final: true };
  const rereads = STATES.has(edited.declaration.keyword) ? null : rereadsTactics(edited.outline.tokens);
  if (rereads !== null)
    return {
      kind: "rejected",
      reason: `the file's ${rereads.text} at line ${lineOf(edited.text, rereads.start)} may decide how the hole is read, so that a value could pass for a proof: state what is to be proved as a theorem`,
      final: true,
    };
  const old = stale(document.file, edited.text);
  if (old !== null)
    return {
      kind: "rejected",
      reason: `${old} was changed after it was compiled: build the project, then try again`,
      final: true,
    };
  const uses = usedVariables(edited.outline, edited.declaration);
  const after = probe(edited.text, edited.declaration, !embedded, uses);
  const open = withoutProof(document.text, edit, edited);
  const unproved = probe(open.text, open.declaration, false, uses);
  if (after === null || unproved === null)
    return {
      kind: "rejected",
      reason: "a declaration without a name cannot be asked about: name it",
      final: true,
    };
  const limits = { deadlineMs: REVIEW_MS, signal };
  const withHoles = await worker.check(unproved.text, null, limits);
  const before = readStatement(withHoles, unproved, "the file without the proof", open.lineBefore);
  if (before.kind === "rejected") return { kind: "rejected", reason: before.reason, final: !before.ofProof };
  const unread = withHoles.kind === "checked" ? unreadHole(open.marks, withHoles.messages) : null;
  if (unread !== null)
    return {
      kind: "rejected",
      reason: `Lean does not read the hole at line ${lineOf(document.text, edited.filled[unread]!.start)} where it stands (what is tried later, or never, is not proved)`,
      final: true,
    };
  const checked = await worker.check(after.text, null, limits);
  const stated = readStatement(checked, after, "the edited file");
  if (stated.kind === "rejected") return { kind: "rejected", reason: stated.reason };
  if (checked.kind !== "checked") return { kind: "rejected", reason: "Lean gave no verdict" };
  if (stated.statement !== before.statement)
    return { kind: "rejected", reason: "the statement is not the same term as before" };
  if (stated.declared !== before.declared)
    return { kind: "rejected", reason: "the proof declares something besides the theorem" };
  const run = withProofRun(document.text, edit, edited);
  const withMarks = await worker.check(run.text, null, limits);
  const failing = withMarks.kind === "checked" ? unreadHole(run.marks, withMarks.messages) : 0;
  if (failing !== null)
    return {
      kind: "rejected",
      reason: `what is put at line ${lineOf(document.text, edited.filled[failing]!.start)} fails there, and something around it goes on without it`,
    };
  const rests = embedded
    ? await followed(worker, edited, after, checked.messages, limits)
    : axiomsOf(edited, after, checked.messages);
  if (rests.kind === "rejected") return rests;
  return {
    kind: "proved",
    evidence: {
      obligations: [],
      checkedBy: [checkedBy],
      assumptions: [...rests.axioms, ...assumptions],
      terminates: false,
    },
  };
}

type Stated =
  | { readonly kind: "stated"; readonly statement: string; readonly declared: string }
  /** `ofProof`: for what the proof is, and not for the text around it. */
  | { readonly kind: "rejected"; readonly reason: string; readonly ofProof?: true };

/** What Lean says where a proof is asked for and a value is wanted. */
const ASKS_FOR_DATA = /^type mismatch\s+\S+\s+has type\s+Prop\s+of sort/i;

function readStatement(
  checked: Checked,
  { statementLine, placeLine, name, isOpen }: Probed,
  what: string,
  lineBefore: (line: number) => number | null = (line) => line,
): Stated {
  if (checked.kind === "late")
    return { kind: "rejected", reason: `${what} takes Lean more than ${REVIEW_MS / 1000} s` };
  if (checked.kind === "died")
    return { kind: "rejected", reason: `Lean was ended while it read ${what}: ${checked.message}` };
  const error = checked.messages.find(({ severity }) => severity === "error");
  const line = error && lineBefore(error.start.line);
  if (line === null)
    return {
      kind: "rejected",
      reason: `the proof does not end where it is put: ${error!.text}`,
      ofProof: true,
    };
  if (line !== undefined && ASKS_FOR_DATA.test(error!.text))
    return {
      kind: "rejected",
      reason: `the hole at line ${line + 1} asks for a value, and any of its type would do: only proofs are filled in`,
    };
  if (line !== undefined)
    return { kind: "rejected", reason: `${what} has an error at line ${line + 1}: ${error!.text}` };
  const statement = answerAt(checked.messages, statementLine);
  if (checked.fatal || statement === null || (isOpen && !speaksOf(statement, name)))
    return { kind: "rejected", reason: `Lean does not know the theorem in ${what}` };
  if (answerAt(checked.messages, placeLine) === null)
    return { kind: "rejected", reason: `Lean does not read the namespaces of ${what} as they look` };
  return { kind: "stated", statement, declared: [...checked.declared].sort().join("\n") };
}

type Rests =
  | { readonly kind: "rests"; readonly axioms: readonly string[] }
  | { readonly kind: "rejected"; readonly reason: string };

/** Where Lean cannot tell the axioms (the embedded one): what of the file the proof rests on is followed. */
async function followed(
  worker: LeanWorker,
  { text, declaration, outline }: Edited,
  { asked, name }: Probed,
  messages: readonly LeanMessage[],
  limits: Limits,
): Promise<Rests> {
  if (ownSorry(text, declaration, messages))
    return { kind: "rejected", reason: "the proof rests on something that is not proved" };
  const hidden = namelessSorry(text, outline.declarations, messages);
  if (hidden !== null)
    return {
      kind: "rejected",
      reason: `conditional on a declaration without a name at line ${hidden + 1}, which is not proved: prove that first`,
    };
  if (text.replace(/[«»]/g, "").includes("warn.sorry"))
    return { kind: "rejected", reason: "the file may hide what is not proved: it sets warn.sorry" };
  const rests = await restsOn(worker, asked, outline, name, limits);
  if (rests.kind === "unknown") return { kind: "rejected", reason: rests.reason };
  if (rests.kind === "proved") return { kind: "rests", axioms: [ALL_ASSUMED] };
  const where = outline.declarations.find(({ fullName }) => fullName === rests.on);
  const place = where === undefined ? "" : ` at line ${lineOf(text, where.from)}`;
  return {
    kind: "rejected",
    reason: `conditional on ${rests.on}${place}, which is not proved: prove that first`,
  };
}

/**
 * The line of a `sorry` that no named declaration of the text holds: an instance gets a name that nobody wrote, and a macro may
 * make whole declarations. What rests on those is not followed, so nothing beside them counts as proved.
 */
function namelessSorry(
  text: string,
  declarations: Edited["outline"]["declarations"],
  messages: readonly LeanMessage[],
): number | null {
  const known = declarations
    .filter(({ fullName, keyword }) => fullName !== null || keyword === "example")
    .map(({ from, end }) => [positionAt(text, from).line, positionAt(text, end).line] as const);
  const found = messages
    .filter(usesSorry)
    .find(({ start }) => !known.some(([from, to]) => from <= start.line && start.line <= to));
  return found?.start.line ?? null;
}

function ownSorry(
  text: string,
  declaration: Edited["declaration"],
  messages: readonly LeanMessage[],
): boolean {
  const [from, to] = [positionAt(text, declaration.from).line, positionAt(text, declaration.end).line];
  return messages.filter(usesSorry).some(({ start }) => from <= start.line && start.line <= to);
}

/** The axioms of the theorem, all of them allowed; or why it is not proved (soundness.md 14). */
function axiomsOf(
  { text, declaration, outline }: Edited,
  { axiomsLine, name }: Probed,
  messages: readonly LeanMessage[],
): Rests {
  const answer = answerAt(messages, axiomsLine);
  const axioms = answer === null ? null : readAxioms(answer, name);
  if (axioms === null) return { kind: "rejected", reason: "Lean does not say what the proof rests on" };
  if (ownSorry(text, declaration, messages))
    return { kind: "rejected", reason: "the proof rests on something that is not proved" };
  if (axioms.includes("sorryAx")) {
    const others = outline.holes
      .filter(({ declaration: other }) => other !== declaration)
      .map(
        ({ declaration: other, start }) => `${other.fullName ?? other.keyword} (line ${lineOf(text, start)})`,
      );
    const named = others.length > 0 ? `: ${[...new Set(others)].join(", ")}` : "";
    return { kind: "rejected", reason: `conditional on what is not proved itself${named}: prove that first` };
  }
  const other = axioms.find((axiom) => !LEAN_AXIOMS.has(axiom));
  if (other !== undefined) return { kind: "rejected", reason: `conditional on the axiom ${other}` };
  return { kind: "rests", axioms: axioms.map(assumedAxiom) };
}
