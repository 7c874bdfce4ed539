import type { UnreadFile } from '../../src-shared/console-state.ts';
import type { Result } from '../../src-shared/result.ts';

/** What is kept on disk and is not secret. A name is a lower-case word with dashes and dots. */
export interface DocumentStore {
  /** The parsed document; `absent` where there is none; an unreadable one is set aside and said, never thrown. */
  read(name: string): StoredDocument;
  /**
   * Replaces the whole document in one step. One that another program holds is written once it lets go.
   * Failures: `settings_not_written`; `file_unreadable` where what is there could not be looked at, and
   * `not_a_file` where something else stands in its place: then it stays.
   */
  write(name: string, document: object): Result<null>;
  remove(name: string): Result<null>;
  /** Keeps a document that its reader could not use under another name and says which; undefined where that failed. */
  setAside(name: string): string | undefined;
}

export type StoredDocument =
  | { readonly state: 'absent' }
  | { readonly state: 'present'; readonly document: unknown }
  | ({ readonly state: 'unreadable' } & UnreadFile);

/** What a notice says about a document that cannot be used. A document that is there but has no usable content is set aside first. */
export function unreadFileOf(stored: StoredDocument, setAside: () => string | undefined): UnreadFile {
  if (stored.state === 'unreadable') {
    const { state: _, ...file } = stored;
    return file;
  }
  const keptAs = stored.state === 'present' ? setAside() : undefined;
  return keptAs ? { keptAs } : {};
}
