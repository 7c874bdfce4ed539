export interface QueuedEvent {
  readonly atMs: number;
  /** Of two events at the same instant, the one that was added first comes first. */
  readonly order: number;
  readonly happen: () => void;
  cancelled: boolean;
}

/** Events by their instants, as a binary heap with the earliest event at the top. */
export class EventQueue {
  readonly #heap: QueuedEvent[] = [];
  #order = 0;

  put(atMs: number, happen: () => void): QueuedEvent {
    const event = { atMs, order: this.#order++, happen, cancelled: false };
    let at = this.#heap.push(event) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(at, above)) break;
      this.#swap(at, above);
      at = above;
    }
    return event;
  }

  /** Removes and returns the earliest event that was not cancelled, if it is not after `untilMs`. */
  take(untilMs: number): QueuedEvent | null {
    for (let first = this.#heap[0]; first && first.atMs <= untilMs; first = this.#heap[0]) {
      this.#removeFirst();
      if (!first.cancelled) return first;
    }
    return null;
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (!last || this.#heap.length === 0) return;
    this.#heap[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < this.#heap.length && this.#isBefore(left, least)) least = left;
      if (right < this.#heap.length && this.#isBefore(right, least)) least = right;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [first, second] = [this.#at(one), this.#at(other)];
    return first.atMs < second.atMs || (first.atMs === second.atMs && first.order < second.order);
  }

  #swap(one: number, other: number): void {
    const kept = this.#at(one);
    this.#heap[one] = this.#at(other);
    this.#heap[other] = kept;
  }

  #at(index: number): QueuedEvent {
    const event = this.#heap[index];
    if (!event) throw new Error('outside of the heap');
    return event;
  }
}
