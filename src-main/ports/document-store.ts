import type { UnreadFile } from '../../src-shared/window/console-state.ts';
import type { Result } from '../../src-shared/result.ts';

/** Documents on disk that hold no secrets. A name is a lower-case word with dashes and dots. */
export interface DocumentStore {
  /** The parsed document, or `absent`. A file that is not a document is set aside and returned as `unreadable`. Never throws. */
  read(name: string): StoredDocument;
  /**
   * Replaces the whole document in one step. If another program holds the file, it is written once it is released.
   * Failures: `settings_not_written`; `file_unreadable` if the existing file could not be read, and `not_a_file` if something other
   * than a file is there. In these two cases what is there stays.
   */
  write(name: string, document: object): Result<null>;
  remove(name: string): Result<null>;
  /**
   * Removes the document and all of its copies that were set aside. Failure: `settings_not_written`; some of them may already be
   * removed.
   */
  removeAll(name: string): Result<null>;
  /** Renames a document that its reader could not use, and returns the new name. Undefined if that failed. */
  setAside(name: string): string | undefined;
}

export type StoredDocument =
  | { readonly state: 'absent' }
  | { readonly state: 'present'; readonly document: unknown }
  | ({ readonly state: 'unreadable' } & UnreadFile);

/** The facts for a notice about a document that cannot be used. Sets a document with unusable content aside first. */
export function unreadFileOf(stored: StoredDocument, setAside: () => string | undefined): UnreadFile {
  if (stored.state === 'unreadable') {
    const { state: _, ...file } = stored;
    return file;
  }
  const keptAs = stored.state === 'present' ? setAside() : undefined;
  return keptAs ? { keptAs } : {};
}
