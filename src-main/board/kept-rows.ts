import { z } from 'zod/mini';
import { type Result, succeed } from '../../src-shared/result.ts';
import type { DocumentStore } from '../ports/document-store.ts';

const documentSchema = z.object({ version: z.literal(1), rows: z.record(z.string(), z.unknown()) });

/**
 * Rows by ID in one document, which is read when the first row is needed. A row that cannot be used is left out, and the document is set
 * aside first, so that nothing is lost. A document that cannot be read at all counts as empty, and is never replaced.
 */
export class KeptRows<T extends object> {
  readonly #documents: DocumentStore;
  readonly #name: string;
  readonly #schema: z.ZodMiniType<T>;
  #rows: Map<string, T> | null = null;

  constructor(documents: DocumentStore, name: string, schema: z.ZodMiniType<T>) {
    this.#documents = documents;
    this.#name = name;
    this.#schema = schema;
  }

  get all(): ReadonlyMap<string, T> {
    return (this.#rows ??= this.#read());
  }

  /** Keeps a row, or deletes it if it is null, and deletes the rows in `without`. Failures: those of {@link DocumentStore.write}. */
  set(id: string, row: T | null, without: readonly string[] = []): Result<null> {
    if (row === null && !this.all.has(id)) return succeed(null);
    const rows = new Map(this.all);
    for (const one of without) rows.delete(one);
    if (row === null) rows.delete(id);
    else rows.set(id, row);
    const written = this.#write(rows);
    if (written.ok) this.#rows = rows;
    return written;
  }

  #write(rows: ReadonlyMap<string, T>): Result<null> {
    return this.#documents.write(this.#name, { version: 1, rows: Object.fromEntries(rows) });
  }

  #read(): Map<string, T> {
    const stored = this.#documents.read(this.#name);
    if (stored.state !== 'present') return new Map();
    const document = documentSchema.safeParse(stored.document);
    const rows = new Map<string, T>();
    let isWhole = document.success;
    for (const [id, candidate] of Object.entries(document.data?.rows ?? {})) {
      const row = this.#schema.safeParse(candidate);
      if (row.success) rows.set(id, row.data);
      else isWhole = false;
    }
    if (!isWhole) {
      this.#documents.setAside(this.#name);
      // Otherwise, if the console ended before the next change, the good rows would be only in the copy.
      if (rows.size > 0) this.#write(rows);
    }
    return rows;
  }
}
