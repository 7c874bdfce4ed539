import type { RefreshView } from '../../src-shared/console-state.ts';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { type Failure, fail, failure, type Result, succeed } from '../../src-shared/result.ts';
import { clockToleranceMs } from '../license/clock-check.ts';
import type { LicenseRecord } from '../license/license-record.ts';
import type { LicenseService } from '../license/license-service.ts';
import type { TrustedTime } from '../license/trusted-time.ts';
import type { Random } from '../ports/random.ts';
import type { Timer } from '../ports/timer.ts';
import type { RefreshLicense, RefreshOutcome } from './refresh-license.ts';
import { maxRetryAfterSeconds, minDelayMs, retryDelayMs } from './refresh-schedule.ts';

export interface RefreshSchedulerDeps {
  readonly license: LicenseService;
  readonly refresh: RefreshLicense;
  readonly trustedTime: TrustedTime;
  readonly timer: Timer;
  readonly random: Random;
  readonly onChanged: () => void;
}

/** After these a person must do something first; asking again by itself would only be refused again. */
const waitsForPerson: ReadonlySet<FailureCode> = new Set([
  'invalid_grant',
  'secret_store_damaged',
  'invalid_client',
  'unauthorized_client',
]);

/** After these the server has said that it wants to be left alone: what wakes the console does not change that. */
const waitsForServer: ReadonlySet<FailureCode> = new Set(['too_many_requests', 'server_error']);
/** Trusted time is looked at this often: it can be corrected, and a timer stands still while the computer sleeps. */
const longestSleepMs = 3_600_000;

/** Refreshes when due, on resume, when the network returns, at start and on a click; one refresh at a time for its profile. */
export class RefreshScheduler {
  readonly #deps: RefreshSchedulerDeps;
  #inFlight: Promise<Result<null>> | null = null;
  #failures = 0;
  #cancelTimer: () => void = () => {};
  #stopped = false;

  constructor(deps: RefreshSchedulerDeps) {
    this.#deps = deps;
  }

  view(): RefreshView {
    const { record } = this.#deps.license;
    if (!record) return { refreshing: this.#inFlight !== null };
    const waits = record.lastFailure && waitsForPerson.has(record.lastFailure.code);
    return {
      refreshing: this.#inFlight !== null,
      lastRefreshedAt: record.lastRefreshedAt,
      ...(waits ? {} : { nextRefreshAt: dueAt(record, this.#judgedAt) }),
      ...(record.lastFailure ? { lastFailure: record.lastFailure } : {}),
      ...(record.lastFailureAt === undefined ? {} : { lastFailureAt: record.lastFailureAt }),
    };
  }

  /** Plans the next refresh from the record; refreshes at once where one is due. */
  plan(): void {
    this.#cancelTimer();
    this.#cancelTimer = () => {};
    const record = this.#toRefresh;
    if (!record || this.#stopped || (record.lastFailure && waitsForPerson.has(record.lastFailure.code))) return;
    const judgedAt = this.#judgedAt;
    const delayMs = Math.min(longestSleepMs, Math.max(minDelayMs, dueAt(record, judgedAt) - judgedAt));
    this.#cancelTimer = this.#deps.timer.schedule(delayMs, () => void this.#wake());
  }

  /** The computer woke up or the network came back: a refresh that failed or is due is tried now. */
  nudge(): void {
    const record = this.#toRefresh;
    if (!record || this.#stopped || (record.lastFailure && waitsForPerson.has(record.lastFailure.code))) return;
    const mayTry = record.lastFailure && !waitsForServer.has(record.lastFailure.code);
    if (mayTry || this.#isDue(record)) void this.refreshNow();
    else this.plan();
  }

  /** Refreshes now; callers that come while one is in flight share it. Failures: `not_licensed`, or why it failed. */
  refreshNow(): Promise<Result<null>> {
    if (!this.#toRefresh) return Promise.resolve(fail('not_licensed'));
    this.#inFlight ??= this.#run().finally(() => {
      this.#inFlight = null;
      this.#deps.onChanged();
    });
    this.#deps.onChanged();
    return this.#inFlight;
  }

  /** As {@link RefreshLicense.saveUnsaved}. */
  saveUnsaved(): Promise<Result<null>> {
    return this.#deps.refresh.saveUnsaved();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
  }

  async #wake(): Promise<void> {
    const record = this.#toRefresh;
    // A clock that was corrected meanwhile, or a refresh made by a click, moves the due time.
    if (record && this.#isDue(record)) await this.refreshNow();
    else this.plan();
  }

  /** A license that is being removed is no longer refreshed: that would bring it back. */
  get #toRefresh(): LicenseRecord | null {
    const { record } = this.#deps.license;
    return record?.removing ? null : record;
  }

  get #judgedAt(): number {
    return this.#deps.trustedTime.evaluate().judgedAt;
  }

  #isDue(record: LicenseRecord): boolean {
    const judgedAt = this.#judgedAt;
    return dueAt(record, judgedAt) <= judgedAt;
  }

  async #run(): Promise<Result<null>> {
    // Whatever is thrown, the next try is planned: nobody else would.
    const outcome = await this.#deps.refresh
      .run()
      .catch((): RefreshOutcome => ({ ok: false, failure: failure('internal_error') }));
    this.#failures = outcome.ok ? 0 : this.#failures + 1;
    if (!outcome.ok) this.#noteFailure(outcome.failure, outcome.retryAfterSeconds);
    this.plan();
    return outcome.ok ? succeed(null) : { ok: false, failure: outcome.failure };
  }

  #noteFailure(reason: Failure, retryAfterSeconds = 0): void {
    const askedSeconds = Math.min(maxRetryAfterSeconds, retryAfterSeconds);
    const delayMs = retryDelayMs(this.#failures, this.#deps.random(), askedSeconds);
    this.#deps.license.noteFailure(reason, this.#judgedAt + delayMs);
  }
}

/** When the next refresh is due. A failure that was noted by a clock far ahead of trusted time puts nothing off. */
function dueAt(record: LicenseRecord, judgedAt: number): number {
  const notedAhead = record.lastFailureAt !== undefined && record.lastFailureAt > judgedAt + clockToleranceMs;
  return notedAhead ? judgedAt : record.refreshDueAt;
}
