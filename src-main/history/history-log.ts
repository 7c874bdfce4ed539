import type { HistoryEntry } from '../../src-shared/history/history-entry.ts';
import type { LicenseEvent } from '../../src-shared/license/license-event.ts';
import { present } from '../../src-shared/present.ts';
import { clockToleranceMs } from '../time/clock-check.ts';
import type { TrustedTime } from '../time/trusted-time.ts';
import type { LineFile } from './line-file.ts';
import { parseHistoryEntry, serializeHistoryEntry } from './history-entry.ts';

interface HistoryLogDeps {
  /** Opens the file of that name, such as `history.p1`. */
  readonly open: (name: string) => LineFile;
  readonly trustedTime: TrustedTime;
  readonly onAppended: () => void;
}

/** The saved history of one server, oldest first. */
export interface KeptHistory {
  readonly entries: readonly HistoryEntry[];
  /** The number of lines that are not entries: cut off by a power failure, damaged, or of a later version. They stay in the file. */
  readonly skipped: number;
  /** False if a file could not be read. */
  readonly readable: boolean;
}

/** The size of a file in bytes. Each server has two. One of them holds more than 90 days of failed refreshes. */
export const historyGenerationBytes = 512 * 1024;

/** How many entries wait in memory while they cannot be written. Beyond that the oldest are dropped. */
const mostWaiting = 200;

interface ServerHistory {
  readonly file: LineFile;
  readonly waiting: string[];
}

/** What happened to the license of each server, append-only. Nothing here throws. Only the oldest entries, and a forgotten server's, are ever deleted. */
export class HistoryLog {
  readonly #deps: HistoryLogDeps;
  readonly #histories = new Map<string, ServerHistory>();
  #revision = 0;

  constructor(deps: HistoryLogDeps) {
    this.#deps = deps;
  }

  /** Rises with every entry of any server. */
  get revision(): number {
    return this.#revision;
  }

  /** The trusted time now, in ms. */
  get nowAt(): number {
    return this.#deps.trustedTime.evaluate().judgedAt;
  }

  /** Records an event of this moment. If it cannot be written, it waits in memory for the next {@link append} or {@link read}. */
  append(profileId: string, event: LicenseEvent): void {
    const { judgedAt, clock } = this.#deps.trustedTime.evaluate();
    const isOff = clock.state === 'wrong' && Math.abs(clock.localAt - judgedAt) > clockToleranceMs;
    const history = this.#of(profileId);
    const wallAt = isOff ? clock.localAt : undefined;
    history.waiting.push(serializeHistoryEntry(present({ at: judgedAt, wallAt, event })));
    if (history.waiting.length > mostWaiting) history.waiting.shift();
    keepWaiting(history);
    this.#revision += 1;
    this.#deps.onAppended();
  }

  read(profileId: string): KeptHistory {
    const history = this.#of(profileId);
    keepWaiting(history);
    const { lines, readable } = history.file.read();
    const entries = [...lines, ...history.waiting].map(parseHistoryEntry);
    const good = entries.filter((entry) => entry !== null);
    return { entries: good, skipped: entries.length - good.length, readable };
  }

  /** Deletes the history of a server that a person has forgotten. False if some of it stays. */
  forget(profileId: string): boolean {
    const { file } = this.#of(profileId);
    this.#histories.delete(profileId);
    return file.remove();
  }

  #of(profileId: string): ServerHistory {
    const known = this.#histories.get(profileId);
    if (known) return known;
    const history = { file: this.#deps.open(`history.${profileId}`), waiting: [] };
    this.#histories.set(profileId, history);
    return history;
  }
}

function keepWaiting({ file, waiting }: ServerHistory): void {
  for (let line = waiting[0]; line !== undefined && file.append(line); line = waiting[0]) waiting.shift();
}
