import { findNativeCoq } from "../../provers/coq/find.ts";
import { calls } from "../../provers/coq/native/protocol.ts";
import { startChild } from "../../provers/process/child.ts";
import { columns } from "../../server/cli/columns.ts";
import { openCoq } from "../../server/wiring-assistants.ts";

const TEXT = "Lemma a : forall n m : nat, n + m = m + n. Proof. Admitted.";
/** Tactics that a search tries at one state in one exchange. */
const TOGETHER = 8;
const FILE = "/nowhere/Bench.v";
const signal = new AbortController().signal;

/** Tactics a second that sessions apply, against the bare protocol and with two workers at once, and on the embedded Coq. */
export async function benchSessions(seconds: number): Promise<void> {
  const found = await findNativeCoq();
  const rows: string[][] = [["what", "tactics a second", "of bare"]];
  if (found.kind === "found" && found.coq.coqidetop !== null) {
    const { version, coqidetop } = found.coq;
    const bare = await rate(seconds, () => bareProver(coqidetop!));
    const one = await rate(seconds, () => session("native"));
    const bareTwo = sum(await Promise.all([1, 2].map(() => rate(seconds, () => bareProver(coqidetop!)))));
    const two = sum(await Promise.all([1, 2].map(() => rate(seconds, () => session("native")))));
    rows.push([`coq ${version}, bare protocol`, bare.toFixed(0), ""]);
    rows.push(["one session", one.toFixed(0), (one / bare).toFixed(2)]);
    const each = await rate(seconds, () => session("native", TOGETHER), TOGETHER);
    const eachTwo = sum(
      await Promise.all([1, 2].map(() => rate(seconds, () => session("native", TOGETHER), TOGETHER))),
    );
    rows.push([`one session, ${TOGETHER} at a state together`, each.toFixed(0), (each / bare).toFixed(2)]);
    rows.push(["two bare provers", bareTwo.toFixed(0), ""]);
    rows.push(["two sessions", two.toFixed(0), (two / bareTwo).toFixed(2)]);
    rows.push([
      `two sessions, ${TOGETHER} at a state together`,
      eachTwo.toFixed(0),
      (eachTwo / bareTwo).toFixed(2),
    ]);
  }
  const embedded = await openCoq("embedded");
  if (embedded.kind === "prover") {
    const one = await rate(seconds, () => session("embedded"));
    rows.push([`${embedded.assistant.name}, one session`, one.toFixed(0), ""]);
  }
  process.stdout.write(`${columns(rows).join("\n")}\n`);
}

/** Something that applies the n-th tactic. */
interface Applying {
  apply(n: number): Promise<unknown>;
  close(): Promise<void>;
}

async function rate(seconds: number, open: () => Promise<Applying>, each = 1): Promise<number> {
  const { apply, close } = await open();
  for (let n = 0; n < 20; n++) await apply(n);
  const started = performance.now();
  let done = 0;
  while (performance.now() - started < seconds * 1000) await apply(100 + done++);
  const elapsed = performance.now() - started;
  await close();
  return ((done * each) / elapsed) * 1000;
}

/** Every tactic makes a state of its own. */
const tactic = (n: number) => `intros x${n} y${n}.`;

/** The least client that there can be: one call after the other, and of the answers it looks for their ends only. */
async function bareProver(coqidetop: string): Promise<Applying> {
  const args = ["-q", "-main-channel", "stdfds", "-async-proofs", "off"];
  const child = startChild({ command: coqidetop, args, memory: { megabytes: 3_000, of: "address-space" } });
  let text = "";
  let heard = () => {};
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
    if (text.endsWith("</value>")) heard();
  });
  const call = (one: string) =>
    new Promise<string>((resolve) => {
      text = "";
      heard = () => resolve(text);
      child.stdin.write(one);
    });
  const idIn = (answer: string) => Number(/<value val="good">.*?<state_id val="(\d+)"/.exec(answer)![1]);
  let at = idIn(await call(calls.init));
  for (const sentence of [TEXT.split(" Proof.")[0]!, "Proof."])
    at = idIn(await call(calls.add(sentence, at)));
  return {
    apply: async (n) => {
      await call(calls.add(tactic(n), at));
      const goals = await call(calls.goal);
      if (!goals.includes('<value val="good">')) throw new Error(goals);
      await call(calls.editAt(at));
    },
    close: async () => {
      child.kill();
      await child.exited;
    },
  };
}

async function session(build: "native" | "embedded", together = 1): Promise<Applying> {
  const prover = await openCoq(build);
  if (prover.kind === "missing") throw new Error(prover.message);
  const opened = await prover.assistant.open(
    { file: FILE, text: TEXT, offset: TEXT.indexOf("Admitted") },
    signal,
  );
  if (opened.kind === "failed") throw new Error(opened.message);
  const { session } = opened;
  return {
    apply: async (n) => {
      if (together > 1) {
        const tries = Array.from({ length: together }, (_, at) => ({
          tactic: tactic(n * together + at),
          deadlineMs: 60_000,
        }));
        const tried = await session.applyEach!(session.root, tries, signal);
        if (tried.some(({ result }) => result.kind !== "progress")) throw new Error(JSON.stringify(tried));
        return;
      }
      const result = await session.apply(session.root, tactic(n), 60_000, signal);
      if (result.kind !== "progress") throw new Error(JSON.stringify(result));
    },
    close: async () => {
      await session.close();
      await prover.assistant.close();
    },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
