import {
  type CheckOptions,
  type SatResult,
  type SmtSession,
  type SmtSolver,
  type SmtValue,
  SolverError,
  SolverStartError,
} from "../../server/engine/solver.ts";
import { parseExpressions, printExpression, readAnswer, readValue, type SExpression } from "./answer.ts";
import { LiveCommands, splitCommands } from "./commands.ts";
import { Connection, type Reply } from "./connection.ts";
import type { SmtProgram } from "./program.ts";
import { describeExit, endedForMemory, readReason, readVerdict, unknown } from "./verdict.ts";

/** How long a process may take to start and to read what is in force. */
const START_MS = 20_000;
/** How long a solver may take over a model, a core or a reason it already has. */
const FOLLOW_UP_MS = 10_000;

/** A solver over this program. `open` rejects when the program does not start, and says why. */
export function smtSolver(program: SmtProgram): SmtSolver {
  return {
    name: program.name,
    family: program.family,
    async open(signal) {
      const session = new Session(program, signal);
      await session.start();
      return session;
    },
  };
}

/** How long after the solver's own limit it is killed: late by so much, it does not look at the clock any more. */
function graceMs(deadlineMs: number): number {
  return Math.min(500, Math.max(250, deadlineMs / 10));
}

type LastCheck = {
  readonly options: CheckOptions;
  readonly connection: Connection;
  readonly kind: SatResult["kind"];
};

class Session implements SmtSession {
  readonly #program: SmtProgram;
  readonly #signal: AbortSignal;
  readonly #live = new LiveCommands();
  /** Told, but not yet part of a question. */
  #told: string[] = [];
  /** In force, but not yet sent to the process. */
  #unsent: string[] = [];
  #connection: Connection | null = null;
  #last: LastCheck | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;
  readonly #onAbort = () => void this.close();

  constructor(program: SmtProgram, signal: AbortSignal) {
    this.#program = program;
    this.#signal = signal;
  }

  async start(): Promise<void> {
    this.#signal.throwIfAborted();
    this.#signal.addEventListener("abort", this.#onAbort);
    const started = await this.#connect(this.#signal);
    if (started.kind === "ready") return;
    await this.close();
    throw new SolverStartError(`${this.#program.name} did not start: ${started.why}`);
  }

  tell(commands: string): void {
    for (const command of splitCommands(commands)) this.#told.push(command);
  }

  check(options: CheckOptions): Promise<SatResult> {
    const told = this.#told;
    this.#told = [];
    return this.#inTurn(told, options.signal, () => this.#check(options));
  }

  values(terms: readonly string[]): Promise<SmtValue[]> {
    return this.#inTurn([], this.#signal, async () => {
      if (terms.length === 0) return [];
      const answer = await this.#followUp("sat", `(get-value (${terms.join(" ")}))`);
      if (!Array.isArray(answer) || answer.length !== terms.length) throw this.#unexpected("values", answer);
      return answer.map((pair: SExpression, i) => {
        const value = Array.isArray(pair) && pair.length === 2 ? readValue(pair[1]) : null;
        if (value === null) throw this.#unexpected(`an integer or Boolean for ${terms[i]}`, pair);
        return value;
      });
    });
  }

  unsatAssumptions(): Promise<string[]> {
    return this.#inTurn([], this.#signal, async () => {
      if (this.#last?.kind === "unsat" && !this.#last.options.assumptions?.length) return [];
      const answer = await this.#followUp("unsat", "(get-unsat-assumptions)");
      if (!Array.isArray(answer)) throw this.#unexpected("failed assumptions", answer);
      return answer.map(printExpression);
    });
  }

  async renew(): Promise<boolean> {
    this.#told = [];
    await this.#turn;
    const connection = this.#connection;
    if (this.#closed || this.#signal.aborted || !connection?.alive) return false;
    this.#last = null;
    this.#unsent = [];
    this.#live.add("(reset)");
    const reply = await connection.ask(`(reset)\n${this.#program.preamble}`, FOLLOW_UP_MS, this.#signal);
    return reply.kind === "answer" && reply.text.trim() === "";
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#signal.removeEventListener("abort", this.#onAbort);
    await this.#connection?.close();
  }

  /** Runs `work` after all earlier calls; `told` is in force from then on, whether or not the work is cancelled first. */
  #inTurn<Result>(
    told: readonly string[],
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const result = this.#turn.then(() => {
      for (const command of told) this.#live.add(command);
      this.#unsent.push(...told);
      signal.throwIfAborted();
      return work();
    });
    this.#turn = result.catch(() => {});
    return untilAborted(result, signal);
  }

  async #check(options: CheckOptions): Promise<SatResult> {
    this.#last = null;
    const begun = performance.now();
    for (let attempt = 0; attempt < 2; attempt++) {
      if (this.#closed) return this.#cancelled();
      const connection = await this.#connected(options.signal);
      if (connection === null) continue;
      const left = Math.max(
        1,
        Math.ceil(attempt === 0 ? options.deadlineMs : options.deadlineMs - (performance.now() - begun)),
      );
      const reply = await connection.ask(this.#question(options, left), left + graceMs(left), options.signal);
      const result = await this.#understand(reply, connection, options);
      if (result === null) continue;
      this.#last = { options, connection, kind: result.kind };
      return result;
    }
    return this.#closed ? this.#cancelled() : unknown("died");
  }

  #question({ assumptions }: CheckOptions, limitMs: number): string {
    const commands = this.#unsent.join("\n");
    this.#unsent = [];
    const check = assumptions?.length ? `(check-sat-assuming (${assumptions.join(" ")}))` : "(check-sat)";
    return `${commands}\n${this.#program.limit(limitMs)}\n${check}`;
  }

  /** The result, or null when the process is gone and the question may be asked once more. */
  async #understand(reply: Reply, connection: Connection, options: CheckOptions): Promise<SatResult | null> {
    if (reply.kind === "late") return unknown("time-out");
    const verdict = readVerdict(reply.text);
    if (verdict.kind === "error") throw new SolverError(`${this.#program.name}: ${verdict.message}`);
    if (reply.kind === "died") {
      if (this.#closed) return this.#cancelled();
      const memory = verdict.kind === "memory" || endedForMemory(reply.exit, connection.stderrTail());
      return memory ? unknown("memory") : null;
    }
    switch (verdict.kind) {
      case "sat":
      case "unsat":
        return { kind: verdict.kind };
      case "unknown":
        return unknown(await this.#reason(connection, options.signal));
      case "memory":
      case "time-out":
        // Struck in the middle of a command: what the process holds now is anyone's guess.
        connection.kill();
        return unknown(verdict.kind);
      case "unreadable":
        connection.kill();
        return null;
    }
  }

  async #reason(connection: Connection, signal: AbortSignal): Promise<string> {
    const reply = await connection.ask("(get-info :reason-unknown)", FOLLOW_UP_MS, signal);
    return reply.kind === "answer" ? readReason(reply.text) : "incomplete";
  }

  /** A question about the last check, which is repeated if its process is gone. Resolves with the one expression answered. */
  async #followUp(needed: "sat" | "unsat", command: string): Promise<SExpression> {
    if (this.#last?.kind === needed && !this.#last.connection.alive && !this.#closed) {
      const { options } = this.#last;
      await this.#check({ ...options, signal: this.#signal });
    }
    const last = this.#last;
    if (last?.kind !== needed)
      throw new SolverError(`${command} needs a last answer of ${needed}, not ${last?.kind ?? "none"}`);
    const reply = await last.connection.ask(command, FOLLOW_UP_MS, this.#signal);
    if (reply.kind === "late")
      throw new SolverError(`${this.#program.name} did not answer ${command} in time`);
    const answer = readAnswer(reply.text);
    if (answer.kind === "error") throw new SolverError(`${this.#program.name}: ${answer.message}`);
    const expressions = reply.kind === "answer" ? parseExpressions(reply.text) : null;
    if (expressions?.length !== 1) throw this.#unexpected(`an answer to ${command}`, reply.text);
    return expressions[0]!;
  }

  async #connected(signal: AbortSignal): Promise<Connection | null> {
    if (this.#connection?.alive) return this.#connection;
    const started = await this.#connect(signal);
    return started.kind === "ready" ? started.connection : null;
  }

  /** Starts a process and tells it all that is in force. A command that is refused now was refused before, or is a bug. */
  async #connect(
    signal: AbortSignal,
  ): Promise<{ kind: "ready"; connection: Connection } | { kind: "failed"; why: string }> {
    const connection = new Connection(this.#program.launch());
    this.#connection = connection;
    this.#unsent = [];
    const reply = await connection.ask(`${this.#program.preamble}\n${this.#live.text()}`, START_MS, signal);
    if (reply.kind === "late") return { kind: "failed", why: `it was not ready after ${START_MS / 1000} s` };
    const answer = readAnswer(reply.text);
    if (answer.kind === "error") {
      connection.kill();
      throw new SolverError(`${this.#program.name}: ${answer.message}`);
    }
    if (reply.kind === "died") {
      const words = connection.stderrTail() || reply.text.trim();
      return {
        kind: "failed",
        why: `${describeExit(reply.exit)}${words ? `, saying: ${words.slice(-500)}` : ""}`,
      };
    }
    if (answer.kind === "unreadable" || answer.expressions.length > 0) {
      connection.kill();
      return { kind: "failed", why: `it says ${JSON.stringify(reply.text.trim().slice(0, 200))} unasked` };
    }
    return { kind: "ready", connection };
  }

  #cancelled(): SatResult {
    this.#signal.throwIfAborted();
    return unknown("cancelled");
  }

  #unexpected(wanted: string, found: SExpression): SolverError {
    const text = typeof found === "string" ? found.trim() : printExpression(found);
    return new SolverError(
      `${this.#program.name} gave ${text.slice(0, 200) || "nothing"} instead of ${wanted}`,
    );
  }
}

/** The promise, or a rejection with the signal's reason as soon as it aborts. */
function untilAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
