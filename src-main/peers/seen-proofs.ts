import { type Result, succeed } from '../../src-shared/result.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import { parseProofsDocument, proofsDocument } from './proofs-document.ts';

export const mostProofsKept = 50_000;
/** None lapses later than this after it was taken: one that a file says to lapse later was not written here. */
export const longestLapseMs = 3_600_000;
const documentName = 'seen-proofs';

/**
 * The proofs that were taken lately, so that none counts twice (RFC 9449 §11.1). Bounded: beyond, the key that has the most
 * loses the one of its own that was taken first, for refusing good ones would be worse. So nobody makes room for a stolen
 * proof of another's by sending many of their own.
 *
 * At an orderly end they are written, by digest alone, so that the next run knows them. A process that is killed, or whose
 * power is cut, forgets them: a proof that was captured counts once more then, as long as its own time goes (minutes).
 */
export class SeenProofs {
  /** When each proof of a key lapses, in trusted time, in the order in which they were taken; the key used last comes last. */
  readonly #ofKeys = new Map<string, Map<string, number>>();
  readonly #most: number;
  readonly #documents: DocumentStore | null;
  #size = 0;
  #restored = false;

  constructor(most = mostProofsKept, documents: DocumentStore | null = null) {
    this.#most = most;
    this.#documents = documents;
  }

  get size(): number {
    return this.#size;
  }

  /** Remembers a proof until `lapsesAt`; false where it was taken before. `key` names its key, `id` the proof of that key. */
  take(key: string, id: string, lapsesAt: number, judgedAt: number): boolean {
    this.#restore(judgedAt);
    return this.#take(key, id, lapsesAt, judgedAt);
  }

  /** Writes those that still count, for the next run. Failure: `settings_not_written`; it will not know them then. */
  keep(judgedAt: number): Result<null> {
    // Where none was taken what an earlier run has written still says it all.
    if (!this.#documents || !this.#restored) return succeed(null);
    for (const proofs of this.#ofKeys.values()) this.#dropLapsed(proofs, judgedAt);
    this.#dropUnused(judgedAt);
    return this.#documents.write(documentName, proofsDocument(this.#ofKeys));
  }

  #take(key: string, id: string, lapsesAt: number, judgedAt: number): boolean {
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

  /** Not at start, which it would slow down, but when it is needed. */
  #restore(judgedAt: number): void {
    if (this.#restored) return;
    this.#restored = true;
    const stored = this.#documents?.read(documentName);
    if (stored?.state !== 'present') return;
    const kept = parseProofsDocument(stored.document);
    if (!kept) this.#documents?.setAside(documentName);
    for (const [key, proofs] of kept ?? [])
      for (const [id, lapsesAt] of proofs)
        if (lapsesAt > judgedAt && lapsesAt <= judgedAt + longestLapseMs) this.#take(key, id, lapsesAt, judgedAt);
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
