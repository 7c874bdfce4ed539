export const mostProofsKept = 50_000;

/**
 * The proofs that were taken lately, so that none counts twice (RFC 9449 §11.1). Bounded: beyond, the key that has the most
 * loses the one of its own that was taken first, for refusing good ones would be worse. So nobody makes room for a stolen
 * proof of another's by sending many of their own.
 */
export class SeenProofs {
  /** When each proof of a key lapses, in trusted time, in the order in which they were taken; the key used last comes last. */
  readonly #ofKeys = new Map<string, Map<string, number>>();
  readonly #most: number;
  #size = 0;

  constructor(most = mostProofsKept) {
    this.#most = most;
  }

  get size(): number {
    return this.#size;
  }

  /** Remembers a proof until `lapsesAt`; false where it was taken before. `key` names its key, `id` the proof of that key. */
  take(key: string, id: string, lapsesAt: number, judgedAt: number): boolean {
    const proofs = this.#ofKeys.get(key) ?? new Map<string, number>();
    if ((proofs.get(id) ?? Number.NEGATIVE_INFINITY) > judgedAt) return false;
    this.#forget(proofs, id);
    proofs.set(id, lapsesAt);
    this.#size += 1;
    this.#ofKeys.delete(key);
    this.#ofKeys.set(key, proofs);
    this.#dropLapsed(proofs, judgedAt);
    this.#dropUnused(judgedAt);
    while (this.#size > this.#most) this.#dropOfBusiest();
    return true;
  }

  #dropLapsed(proofs: Map<string, number>, judgedAt: number): void {
    for (const [oldest, lapsesAt] of proofs) {
      if (lapsesAt > judgedAt) return;
      this.#forget(proofs, oldest);
    }
  }

  /** Keys that nobody has used for so long that all of theirs have lapsed. */
  #dropUnused(judgedAt: number): void {
    for (const [key, proofs] of this.#ofKeys) {
      this.#dropLapsed(proofs, judgedAt);
      if (proofs.size > 0) return;
      this.#ofKeys.delete(key);
    }
  }

  #dropOfBusiest(): void {
    let busiest = new Map<string, number>();
    for (const proofs of this.#ofKeys.values()) if (proofs.size > busiest.size) busiest = proofs;
    for (const oldest of busiest.keys()) return this.#forget(busiest, oldest);
  }

  #forget(proofs: Map<string, number>, id: string): void {
    if (proofs.delete(id)) this.#size -= 1;
  }
}
