import { z } from 'zod/mini';
import { type Result, succeed } from '../../src-shared/result.ts';
import type { DocumentStore } from '../ports/document-store.ts';

/** A SHA-256 digest in base64url (RFC 4648 §5). */
const digest = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
const documentSchema = z.object({
  version: z.literal(1),
  keys: z.array(z.object({ key: digest, proofs: z.array(z.tuple([digest, z.number()])) })),
});

/** When each proof of each key lapses. Keys and proofs are identified by digests, which are useless to anybody else. */
type ProofsOfKeys = ReadonlyMap<string, ReadonlyMap<string, number>>;

export const mostProofsKept = 50_000;
/** No proof lapses later than this after it was accepted. An entry on disk that lapses later was not written by this console. */
const longestLapseMs = 3_600_000;
const documentName = 'seen-proofs';

/**
 * The proofs that were accepted recently, so that none is accepted twice (RFC 9449 §11.1). The number is limited. Beyond the limit
 * the key with the most proofs loses its oldest one, because refusing valid proofs would be worse. So nobody can push out
 * another key's proof, to replay it, by sending many proofs of their own.
 *
 * At an orderly shutdown only the digests are written, so that the next run knows the proofs. A process that is killed, or loses
 * power, forgets them. A captured proof is then accepted once more, if it is still within its validity of some minutes.
 */
export class SeenProofs {
  /** When each proof of a key lapses, in trusted time. Proofs are in the order of acceptance. The key used last comes last. */
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

  /** Remembers a proof until `lapsesAt`. False if it was accepted before. `key` identifies the key, `id` the proof of that key. */
  take(key: string, id: string, lapsesAt: number, judgedAt: number): boolean {
    this.#restore(judgedAt);
    return this.#take(key, id, lapsesAt, judgedAt);
  }

  /** Writes the proofs that have not lapsed, for the next run. Failure: `settings_not_written`; the next run does not know them. */
  keep(judgedAt: number): Result<null> {
    // If no proof was presented in this run, the document of an earlier run is still complete.
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

  /** Reads the document at the first use. Reading it at startup would slow that down. */
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

  /** Drops the keys whose proofs have all lapsed, starting with the key that was not used for the longest time. */
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

function proofsDocument(ofKeys: ProofsOfKeys): object {
  return { version: 1, keys: [...ofKeys].map(([key, proofs]) => ({ key, proofs: [...proofs] })) };
}

/** Parses the stored proofs in their order. Null if the document is not a list of proofs. */
function parseProofsDocument(document: unknown): ProofsOfKeys | null {
  const parsed = documentSchema.safeParse(document);
  return parsed.success ? new Map(parsed.data.keys.map(({ key, proofs }) => [key, new Map(proofs)])) : null;
}
