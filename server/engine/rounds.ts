import type { Bandit } from "./bandit.ts";
import type { Proposal } from "./candidate.ts";
import type { ProposeContext, Proposer } from "./interfaces.ts";
import type { Kind, Kinds } from "./kinds.ts";

/** Proposers whose order is learned: each round asks all of them, the most rewarding first, and after each those of `after`. */
export interface Ideas<K extends Kind> {
  readonly bandit: Bandit;
  readonly arms: readonly Proposer<K>[];
  readonly after: readonly Proposer<K>[];
}

export type Entry<K extends Kind> = Proposer<K> | Ideas<K>;

/** A proof is worth so many atoms in the pool. */
const PROOF = 100;
/** A check costs as much as so many candidates. */
const CHECK = 10;
/** And a model's token as much of one. */
const TOKEN = 0.2;

/** Where the arm that is being tried began. */
interface Trial {
  readonly bandit: Bandit;
  readonly name: string;
  readonly revision: number;
  readonly work: number;
}

/**
 * Whose turn it is. Proposers are asked in order, each until it has no more; when all are done and something new was found
 * meanwhile, another round begins. The budget ends it in any case.
 */
export class Rounds<K extends Kind> {
  readonly #entries: readonly Entry<K>[];
  readonly #context: Omit<ProposeContext<K>, "round">;
  #round = 0;
  #turn: AsyncIterator<Proposal<K> | Kinds[K]["run"]> | null = null;
  #next = 0;
  /** Proposers that go before the next entry. */
  #queue: Proposer<K>[] = [];
  /** Arms of the entry before `#next` that have not been asked in this round. */
  #left: Proposer<K>[] = [];
  #trial: Trial | null = null;
  #revisionAtStart = -1;

  constructor(entries: readonly Entry<K>[], context: Omit<ProposeContext<K>, "round">) {
    const { only, without } = context.options;
    const takesPart = (proposer: Proposer<K>) =>
      (only === null || proposer.kind === only || proposer.kind === "always") &&
      !without.includes(proposer.name);
    this.#entries = entries.flatMap((entry): Entry<K>[] => {
      if (!("arms" in entry)) return takesPart(entry) ? [entry] : [];
      const { bandit, arms, after } = entry;
      return [{ bandit, arms: arms.filter(takesPart), after: after.filter(takesPart) }];
    });
    this.#context = context;
  }

  /** The next proposal, or null when nobody has any and nothing new was found in the last round. */
  async next(turn: (name: string) => void): Promise<Proposal<K> | Kinds[K]["run"] | null> {
    for (;;) {
      if (!this.#turn) {
        const proposer = this.#proposer();
        if (!proposer) return null;
        turn(proposer.name);
        this.#turn = proposer.propose({ ...this.#context, round: this.#round })[Symbol.asyncIterator]();
      }
      const result = await this.#turn.next();
      if (!result.done) return result.value;
      this.#turn = null;
    }
  }

  #proposer(): Proposer<K> | null {
    for (;;) {
      const queued = this.#queue.shift();
      if (queued) return queued;
      this.#settle(0);
      if (this.#left.length > 0) this.#try(this.#entries[this.#next - 1] as Ideas<K>);
      else if (this.#next < this.#entries.length || this.#anotherRound()) {
        if (this.#next === 0) this.#revisionAtStart = this.#context.findings.revision;
        const entry = this.#entries[this.#next++];
        if (!entry) return null;
        if (!("arms" in entry)) return entry;
        this.#left = [...entry.arms];
      } else return null;
    }
  }

  /** The arm that promises most is next. */
  #try({ bandit, after }: Ideas<K>): void {
    const name = bandit.choose(this.#left.map((arm) => arm.name));
    const at = this.#left.findIndex((arm) => arm.name === name);
    const [arm] = this.#left.splice(at, 1);
    this.#queue = [arm!, ...after];
    this.#trial = { bandit, name, revision: this.#context.findings.revision, work: this.#work() };
  }

  /** Credits the arm whose turn, with what comes after it, is over. */
  #settle(bonus: number): void {
    if (!this.#trial) return;
    const { bandit, name, revision, work } = this.#trial;
    bandit.credit(name, this.#context.findings.revision - revision + bonus, this.#work() - work);
    this.#trial = null;
  }

  #work(): number {
    const { checks, proposed, tokens } = this.#context.budget;
    return checks * CHECK + proposed + tokens * TOKEN;
  }

  #anotherRound(): boolean {
    if (this.#context.findings.revision === this.#revisionAtStart) return false;
    this.#next = 0;
    this.#round++;
    return true;
  }

  /** `proved`: the run ended with a proof, which is to the credit of whose turn it was. */
  async close(proved = false): Promise<void> {
    await this.#turn?.return?.();
    this.#turn = null;
    this.#settle(proved ? PROOF : 0);
  }
}
