import { z } from 'zod/mini';
import { type BoardKey, mostNoteLength } from '../../src-shared/servers/board.ts';
import { present } from '../../src-shared/present.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import { shownText } from '../../src-shared/text/shown-text.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import { KeptRows } from './kept-rows.ts';

const markSchema = z.object({
  note: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(mostNoteLength))),
  archived: z.exactOptional(z.literal(true)),
});
/** A person's note on a server, and whether the server is archived. */
export type BoardMark = z.infer<typeof markSchema>;

const nameOf = ({ kind, id }: BoardKey): string => `${kind}.${id}`;

/** The marks on all servers of the board. */
export class BoardMarks {
  readonly #kept: KeptRows<BoardMark>;

  constructor(documents: DocumentStore) {
    this.#kept = new KeptRows(documents, 'board', markSchema);
  }

  of(key: BoardKey): BoardMark {
    return this.#kept.all.get(nameOf(key)) ?? {};
  }

  /** Keeps a person's note on one line, cleaned; an empty one deletes it. Failures: those of {@link DocumentStore.write}. */
  note(key: BoardKey, note: string): Result<null> {
    return this.#set(key, { ...this.of(key), note: shownText(note, mostNoteLength) || undefined });
  }

  /** Failures: those of {@link DocumentStore.write}. */
  archive(key: BoardKey, archived: boolean): Result<null> {
    return this.#set(key, { ...this.of(key), archived: archived || undefined });
  }

  /** Deletes both. Failures: those of {@link DocumentStore.write}. */
  forget(key: BoardKey): Result<null> {
    return this.#kept.set(nameOf(key), null);
  }

  /**
   * Deletes the marks on servers that reported and are no longer among these. That includes marks which could not be deleted
   * earlier. Failures: those of {@link DocumentStore.write}.
   */
  keepReported(ids: ReadonlySet<string>): Result<null> {
    const wanted = new Set([...ids].map((id) => nameOf({ kind: 'reported', id })));
    const ofReported = nameOf({ kind: 'reported', id: '' });
    const left = [...this.#kept.all.keys()].filter((name) => name.startsWith(ofReported) && !wanted.has(name));
    const [first, ...others] = left;
    return first === undefined ? succeed(null) : this.#kept.set(first, null, others);
  }

  #set(key: BoardKey, { note, archived }: { note?: string | undefined; archived?: true | undefined }): Result<null> {
    const isEmpty = note === undefined && archived === undefined;
    return this.#kept.set(nameOf(key), isEmpty ? null : present({ note, archived }));
  }
}
