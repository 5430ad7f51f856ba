import type { Proposal } from "./candidate.ts";
import type { ProposeContext, Proposer } from "./interfaces.ts";
import type { Kind, Kinds } from "./kinds.ts";

/**
 * Whose turn it is. Proposers are asked in order, each until it has no more; when all are done and something new was found
 * meanwhile, another round begins. The budget ends it in any case.
 */
export class Rounds<K extends Kind> {
  readonly #proposers: readonly Proposer<K>[];
  readonly #context: Omit<ProposeContext<K>, "round">;
  #round = 0;
  #turn: AsyncIterator<Proposal<K> | Kinds[K]["run"]> | null = null;
  #next = 0;
  #revisionAtStart = -1;

  constructor(proposers: readonly Proposer<K>[], context: Omit<ProposeContext<K>, "round">) {
    const { only, without } = context.options;
    this.#proposers = proposers.filter(
      (proposer) =>
        (only === null || proposer.kind === only || proposer.kind === "always") &&
        !without.includes(proposer.name),
    );
    this.#context = context;
  }

  /** The next proposal, or null when nobody has any and nothing new was found in the last round. */
  async next(turn: (name: string) => void): Promise<Proposal<K> | Kinds[K]["run"] | null> {
    for (;;) {
      if (!this.#turn) {
        if (this.#next >= this.#proposers.length && !this.#anotherRound()) return null;
        if (this.#next === 0) this.#revisionAtStart = this.#context.findings.revision;
        const proposer = this.#proposers[this.#next++];
        if (!proposer) return null;
        turn(proposer.name);
        this.#turn = proposer.propose({ ...this.#context, round: this.#round })[Symbol.asyncIterator]();
      }
      const result = await this.#turn.next();
      if (!result.done) return result.value;
      this.#turn = null;
    }
  }

  #anotherRound(): boolean {
    if (this.#context.findings.revision === this.#revisionAtStart) return false;
    this.#next = 0;
    this.#round++;
    return true;
  }

  async close(): Promise<void> {
    await this.#turn?.return?.();
    this.#turn = null;
  }
}
