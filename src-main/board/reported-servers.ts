import { type ReportedServer, reportedServerSchema } from '../../src-shared/servers/board.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import { KeptRows } from './kept-rows.ts';

type Kept = Omit<ReportedServer, 'userCode'>;

/** The number of servers that are kept. A company has fewer stores, and a longer list would help nobody. */
const mostServers = 1000;

/** The last report of each server that has no profile here, of the latest 1000 of them. The User Codes are kept in memory only. */
export class ReportedServers {
  readonly #kept: KeptRows<ReportedServer>;
  readonly #userCodes = new Map<string, string>();

  constructor(documents: DocumentStore) {
    this.#kept = new KeptRows(documents, 'reported-servers', reportedServerSchema);
  }

  all(): readonly ReportedServer[] {
    return [...this.#kept.all].map(([id, row]) => {
      const userCode = this.#userCodes.get(id);
      // The key counts, because a row is forgotten by its key.
      return userCode === undefined ? { ...row, id } : { ...row, id, userCode };
    });
  }

  /**
   * Replaces the last report of that server. The value says whether others were dropped for it. Failures: those of
   * {@link DocumentStore.write}; the report before then stays.
   */
  report({ userCode, ...row }: ReportedServer): Result<{ readonly hasDropped: boolean }> {
    const dropped = this.#tooOld(row.id);
    const kept = this.#kept.set(row.id, row satisfies Kept, dropped);
    if (!kept.ok) return kept;
    for (const id of dropped) this.#userCodes.delete(id);
    if (userCode === undefined) this.#userCodes.delete(row.id);
    else this.#userCodes.set(row.id, userCode);
    return succeed({ hasDropped: dropped.length > 0 });
  }

  /** Deletes what that server reported. Failures: those of {@link DocumentStore.write}. */
  forget(id: string): Result<null> {
    const forgotten = this.#kept.set(id, null);
    if (forgotten.ok) this.#userCodes.delete(id);
    return forgotten;
  }

  /** The servers to drop so that this one has room: those with the oldest report. */
  #tooOld(id: string): readonly string[] {
    const others = [...this.#kept.all].filter(([other]) => other !== id);
    const dropped = Math.max(0, others.length + 1 - mostServers);
    if (dropped === 0) return [];
    return others
      .toSorted(([, one], [, other]) => one.reportedAt - other.reportedAt)
      .slice(0, dropped)
      .map(([other]) => other);
  }
}
