/** A binary heap, the smallest key first; among equal keys the first that was pushed. */
export class Heap<Item> {
  readonly #entries: { key: number; order: number; item: Item }[] = [];
  #order = 0;

  get size(): number {
    return this.#entries.length;
  }

  push(key: number, item: Item): void {
    const entries = this.#entries;
    entries.push({ key, order: this.#order++, item });
    for (let at = entries.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#less(at, parent)) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): Item | undefined {
    const entries = this.#entries;
    const top = entries[0];
    const last = entries.pop();
    if (top === undefined || last === undefined || entries.length === 0) return top?.item;
    entries[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < entries.length && this.#less(left, least)) least = left;
      if (right < entries.length && this.#less(right, least)) least = right;
      if (least === at) return top.item;
      this.#swap(at, least);
      at = least;
    }
  }

  #less(a: number, b: number): boolean {
    const [left, right] = [this.#entries[a]!, this.#entries[b]!];
    return left.key < right.key || (left.key === right.key && left.order < right.order);
  }

  #swap(a: number, b: number): void {
    const entry = this.#entries[a]!;
    this.#entries[a] = this.#entries[b]!;
    this.#entries[b] = entry;
  }
}
