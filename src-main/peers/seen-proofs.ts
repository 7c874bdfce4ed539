export const mostProofsKept = 50_000;

/**
 * The proofs that were taken lately, so that none counts twice (RFC 9449 §11.1). Bounded: beyond, the one that was taken first
 * is let go of, for refusing good ones would be worse. Only holders of authentic tokens can fill it.
 */
export class SeenProofs {
  /** When each lapses, in trusted time; in the order in which they were taken. */
  readonly #lapsesAt = new Map<string, number>();
  readonly #most: number;

  constructor(most = mostProofsKept) {
    this.#most = most;
  }

  get size(): number {
    return this.#lapsesAt.size;
  }

  /** Remembers a proof until `lapsesAt`; false where it was taken before. `id` names it and its key. */
  take(id: string, lapsesAt: number, judgedAt: number): boolean {
    if ((this.#lapsesAt.get(id) ?? Number.NEGATIVE_INFINITY) > judgedAt) return false;
    this.#lapsesAt.delete(id);
    this.#lapsesAt.set(id, lapsesAt);
    this.#makeRoom(judgedAt);
    return true;
  }

  #makeRoom(judgedAt: number): void {
    for (const [oldest, lapsesAt] of this.#lapsesAt) {
      if (lapsesAt > judgedAt && this.#lapsesAt.size <= this.#most) break;
      this.#lapsesAt.delete(oldest);
    }
  }
}
