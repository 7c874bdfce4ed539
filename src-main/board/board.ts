import { type Environment, environmentOf } from '../../src-shared/servers/authorization-server-address.ts';
import type { BoardKey, BoardView, ReportedServer } from '../../src-shared/servers/board.ts';
import type { ServerReport } from '../../src-shared/pairing/pairing.ts';
import { fail, type Result } from '../../src-shared/result.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';
import type { TrustedTime } from '../time/trusted-time.ts';
import { BoardMarks } from './board-marks.ts';
import { ownRow } from './own-row.ts';
import { ReportedServers } from './reported-servers.ts';
import { reportedRow } from './reported-row.ts';
import { rowOfReport } from './row-of-report.ts';
import { mostUrgentFirst } from './urgency.ts';

interface BoardDeps {
  readonly servers: Pick<LicensedServers, 'all' | 'of'>;
  readonly documents: DocumentStore;
  readonly trustedTime: Pick<TrustedTime, 'evaluate'>;
  readonly onChanged: () => void;
}

/** All servers that this console knows: its own, and those that only reported. Reads nothing before it is first shown. */
export class Board {
  readonly #deps: BoardDeps;
  readonly #marks: BoardMarks;
  readonly reported: ReportedServers;

  constructor(deps: BoardDeps) {
    this.#deps = deps;
    this.#marks = new BoardMarks(deps.documents);
    this.reported = new ReportedServers(deps.documents);
  }

  view(): BoardView {
    const { servers, trustedTime } = this.#deps;
    const { judgedAt: at } = trustedTime.evaluate();
    const environments = new Environments();
    const own = servers.all.map((server) =>
      ownRow({
        profile: server.profile,
        environment: environments.of(server.profile.issuer, server.knownServer.isSandbox),
        standing: server.standing(),
        acquisition: server.acquisition.view(),
        mark: this.#marks.of({ kind: 'own', id: server.profileId }),
      }),
    );
    const reported = this.reported
      .all()
      .map((row) => reportedRow(row, this.#marks.of({ kind: 'reported', id: row.id }), at));
    return { at, rows: [...own, ...reported].toSorted(mostUrgentFirst) };
  }

  /** Keeps a note on a server; an empty one deletes it. Failures: `server_unknown`, and those of {@link DocumentStore.write}. */
  note(key: BoardKey, note: string): Result<null> {
    return this.#change(key, () => this.#marks.note(key, note));
  }

  /**
   * Archives a server, or lists it again. The console keeps refreshing its license and alerts people as before. Failures: as {@link note}.
   */
  archive(key: BoardKey, archived: boolean): Result<null> {
    return this.#change(key, () => this.#marks.archive(key, archived));
  }

  /** Call when a server that this computer helps has reported. It reports every few seconds, and usually nothing has changed. */
  reportCame(report: ServerReport): void {
    const { judgedAt } = this.#deps.trustedTime.evaluate();
    const row = rowOfReport(report, judgedAt);
    const before = this.reported.all().find(({ id }) => id === report.id);
    if (row === null || (before && isFresh(before, row))) return;
    const kept = this.reported.report(row);
    if (!kept.ok) return;
    if (kept.value.hasDropped) this.#marks.keepReported(new Set(this.reported.all().map(({ id }) => id)));
    this.#deps.onChanged();
  }

  /** Deletes what a server without a profile here has reported, and its note. Failures: as {@link note}. */
  forgetReported(id: string): Result<null> {
    const key: BoardKey = { kind: 'reported', id };
    return this.#change(key, () => {
      const forgotten = this.reported.forget(id);
      return forgotten.ok ? this.#marks.forget(key) : forgotten;
    });
  }

  /** Call when a server of this console is forgotten. False if some of its data stays on the disk. */
  serverForgotten(id: string): boolean {
    return this.#marks.forget({ kind: 'own', id }).ok;
  }

  #change(key: BoardKey, change: () => Result<null>): Result<null> {
    const { servers, onChanged } = this.#deps;
    const isKnown =
      key.kind === 'own' ? servers.of(key.id) !== null : this.reported.all().some(({ id }) => id === key.id);
    if (!isKnown) return fail('server_unknown');
    const changed = change();
    if (changed.ok) onChanged();
    return changed;
  }
}

/** Did the previous row say the same, less than a minute ago? */
function isFresh(before: ReportedServer, now: ReportedServer): boolean {
  const current = JSON.stringify({ ...now, reportedAt: before.reportedAt });
  return JSON.stringify({ ...now, ...before }) === current && Math.abs(now.reportedAt - before.reportedAt) < 60_000;
}

/** Most servers are at the same few Authorization servers, and parsing an address is slow. */
class Environments {
  readonly #known = new Map<string, Environment['kind']>();

  of(issuer: string, isSandbox: boolean): Environment['kind'] {
    const key = `${isSandbox} ${issuer}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { kind } = environmentOf(issuer, { isSandbox });
    this.#known.set(key, kind);
    return kind;
  }
}
