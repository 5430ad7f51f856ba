/** What an arm has cost and brought so far. */
interface Arm {
  readonly turns: number;
  readonly reward: number;
  readonly cost: number;
}

const NONE: Arm = { turns: 0, reward: 0, cost: 0 };

/**
 * Which source of ideas goes first: UCB1 (Auer, Cesa-Bianchi and Fischer, 2002) over reward for cost. Who was never tried comes
 * before all others, in the order given. Cost is counted in work (checks, candidates) and not by the clock, so the same run makes
 * the same choices.
 */
export class Bandit {
  readonly #arms = new Map<string, Arm>();

  /** The best of these names; they are not empty. */
  choose(names: readonly string[]): string {
    const untried = names.find((name) => this.#of(name).turns === 0);
    if (untried !== undefined) return untried;
    const turns = [...this.#arms.values()].reduce((sum, arm) => sum + arm.turns, 0);
    const most = Math.max(...names.map((name) => rate(this.#of(name))), Number.MIN_VALUE);
    const score = (name: string) => {
      const arm = this.#of(name);
      return rate(arm) / most + Math.sqrt((2 * Math.log(turns)) / arm.turns);
    };
    return names.reduce((best, name) => (score(name) > score(best) ? name : best));
  }

  /** A turn is over. `reward`: atoms that joined the pool, and more for a proof; `cost`: its checks and candidates. */
  credit(name: string, reward: number, cost: number): void {
    const arm = this.#of(name);
    this.#arms.set(name, { turns: arm.turns + 1, reward: arm.reward + reward, cost: arm.cost + cost });
  }

  #of(name: string): Arm {
    return this.#arms.get(name) ?? NONE;
  }
}

function rate({ reward, cost }: Arm): number {
  return reward / (1 + cost);
}
