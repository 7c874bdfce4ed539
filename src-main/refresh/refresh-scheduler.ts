import type { RefreshView } from '../../src-shared/window/console-state.ts';
import { hasTrait } from '../../src-shared/failure-codes.ts';
import { present } from '../../src-shared/present.ts';
import { type Failure, fail, failure, type Result, succeed } from '../../src-shared/result.ts';
import { retryAfterOf } from '../authorization/retry-after.ts';
import { clockToleranceMs } from '../time/clock-check.ts';
import { pausesUntil } from '../license/evaluate-license.ts';
import type { LicenseRecord } from '../license/license-record.ts';
import type { TrustedTime } from '../time/trusted-time.ts';
import type { Random } from '../ports/random.ts';
import type { Timer } from '../ports/timer.ts';
import { noRefreshToken, type RefreshLicense, type RefreshOutcome } from './refresh-license.ts';
import { lostAnswerRetryMs, minDelayMs, reconnectDelayMs, retryDelayMs, retryDueAt } from './refresh-schedule.ts';

/** The part of the license that the scheduler needs. */
export interface ScheduledLicense {
  readonly record: LicenseRecord | null;
  noteFailure(failure: Failure, refreshDueAt: number): void;
}

interface RefreshSchedulerDeps {
  readonly license: ScheduledLicense;
  readonly refresh: Pick<RefreshLicense, 'run' | 'saveUnsaved'>;
  readonly trustedTime: TrustedTime;
  readonly timer: Timer;
  readonly random: Random;
  readonly onChanged: () => void;
  /** Called when a refresh throws an unexpected error. */
  readonly onFault: (thrown: unknown) => void;
}

/** The longest timer. Trusted time can be corrected, and a timer stops while the computer sleeps, so check at least this often. */
const longestSleepMs = 3_600_000;

/** Refreshes one profile's license: when due, on resume, when the network returns, at startup and on a click. One at a time. */
export class RefreshScheduler {
  readonly #deps: RefreshSchedulerDeps;
  #inFlight: Promise<Result<null>> | null = null;
  #failures = 0;
  /** Is the planned refresh the quick retry after a lost response? */
  #retriesSoon = false;
  /** When a refresh is due that an event moved forward, in trusted time. */
  #soonerAt: number | null = null;
  #cancelTimer: () => void = () => {};
  #stopped = false;

  constructor(deps: RefreshSchedulerDeps) {
    this.#deps = deps;
  }

  view(): RefreshView {
    const { record } = this.#deps.license;
    if (!record) return { refreshing: this.#inFlight !== null };
    return present({
      refreshing: this.#inFlight !== null,
      lastRefreshedAt: record.lastRefreshedAt,
      nextRefreshAt: waits(record) ? undefined : this.#nextAt(record, this.#judgedAt),
      withoutRefreshToken: record.withoutRefreshToken,
      lastFailure: record.lastFailure,
      lastFailureAt: record.lastFailureAt,
    });
  }

  /** Plans the next refresh from the record. Returns true if one is due, which then starts after {@link minDelayMs}. */
  plan(): boolean {
    this.#cancelTimer();
    this.#cancelTimer = () => {};
    const record = this.#toRefresh;
    if (!record || this.#stopped || waits(record)) return false;
    const judgedAt = this.#judgedAt;
    const untilDueMs = this.#nextAt(record, judgedAt) - judgedAt;
    const delayMs = Math.min(longestSleepMs, Math.max(minDelayMs, untilDueMs));
    this.#cancelTimer = this.#deps.timer.schedule(delayMs, () => void this.#wake());
    return untilDueMs <= 0;
  }

  /** Call this when an obstacle is gone. Starts a refresh now if one is due or the last one failed. */
  nudge(): void {
    if (this.#mayTry()) void this.refreshNow();
    else this.plan();
  }

  /**
   * Call this when the computer woke up or the network came back. Plans a refresh within minutes, because many stores may
   * reconnect at once; see {@link reconnectDelayMs}. Returns true if a refresh is planned: the caller then need not check whether
   * the server is reachable.
   */
  reconnected(): boolean {
    const record = this.#toRefresh;
    const tries = record !== null && this.#mayTry();
    if (record && tries) {
      const { tokenIssuedAt, tokenExpiresAt } = record.details;
      const judgedAt = this.#judgedAt;
      const random = this.#deps.random();
      const delayMs = reconnectDelayMs(tokenExpiresAt - tokenIssuedAt, tokenExpiresAt - judgedAt, random);
      this.#soonerAt = Math.min(this.#soonerAt ?? Number.POSITIVE_INFINITY, judgedAt + delayMs);
      this.#deps.onChanged();
    }
    this.plan();
    return tries;
  }

  /**
   * Call when the server has ended another authorization. With it, some servers end all that the same person gave to the same client: Auth0
   * by a setting, Keycloak before 26.1. So this plans a refresh within seconds, and the person learns of it while they are still here.
   */
  async checkSoon(): Promise<void> {
    await this.settled();
    const record = this.#toRefresh;
    if (!record || (hasTrait(record.lastFailure?.code, 'needs_pause') && !this.#isDue(record))) return;
    this.#soonerAt = this.#judgedAt;
    this.plan();
    this.#deps.onChanged();
  }

  /** Refreshes now. Calls during a refresh share its result. Failures: `not_licensed`, `no_refresh_token`, or why it failed. */
  refreshNow(): Promise<Result<null>> {
    const record = this.#toRefresh;
    if (!record) return Promise.resolve(fail('not_licensed'));
    if (record.withoutRefreshToken) return Promise.resolve({ ok: false, failure: noRefreshToken(record) });
    this.#inFlight ??= this.#run().finally(() => {
      this.#inFlight = null;
      this.#deps.onChanged();
    });
    this.#deps.onChanged();
    return this.#inFlight;
  }

  /** Resolves when no refresh is in flight. */
  async settled(): Promise<void> {
    await this.#inFlight?.catch(() => {});
  }

  /** As {@link RefreshLicense.saveUnsaved}. */
  saveUnsaved(): Promise<Result<null>> {
    return this.#deps.refresh.saveUnsaved();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
  }

  /** Is there a refresh to try now, and no pause that the server needs? */
  #mayTry(): boolean {
    const record = this.#toRefresh;
    if (!record || this.#stopped || waits(record)) return false;
    const { code } = record.lastFailure ?? {};
    return (code !== undefined && !hasTrait(code, 'needs_pause')) || this.#isDue(record);
  }

  async #wake(): Promise<void> {
    const record = this.#toRefresh;
    // The due time may have moved: the clock was corrected, or a click started a refresh in the meantime.
    if (record && !waits(record) && this.#isDue(record)) await this.refreshNow();
    else this.plan();
  }

  /** The record to refresh. Null while the license is being removed, because a refresh would bring it back. */
  get #toRefresh(): LicenseRecord | null {
    const { record } = this.#deps.license;
    return record?.removing ? null : record;
  }

  get #judgedAt(): number {
    return this.#deps.trustedTime.evaluate().judgedAt;
  }

  #isDue(record: LicenseRecord): boolean {
    const judgedAt = this.#judgedAt;
    return this.#nextAt(record, judgedAt) <= judgedAt;
  }

  #nextAt(record: LicenseRecord, judgedAt: number): number {
    return Math.min(dueAt(record, judgedAt), this.#soonerAt ?? Number.POSITIVE_INFINITY);
  }

  async #run(): Promise<Result<null>> {
    // Plan the next refresh even if something was thrown, because nothing else would.
    const outcome = await this.#deps.refresh.run(this.#retriesSoon).catch((thrown: unknown): RefreshOutcome => {
      this.#deps.onFault(thrown);
      return { ok: false, failure: failure('internal_error') };
    });
    this.#soonerAt = null;
    this.#failures = outcome.ok ? 0 : this.#failures + 1;
    // Each lost response gets one quick retry, even after hours of failures. Only the quick retry itself gets no second one.
    this.#retriesSoon = !outcome.ok && outcome.answerLost === true && !this.#retriesSoon;
    try {
      if (!outcome.ok) this.#deps.license.noteFailure(outcome.failure, this.#retryDueAt(outcome));
    } finally {
      this.plan();
    }
    return outcome.ok ? succeed(null) : { ok: false, failure: outcome.failure };
  }

  #retryDueAt({ failure: reason }: FailedRefresh): number {
    const random = this.#deps.random();
    const judgedAt = this.#judgedAt;
    if (this.#retriesSoon) return judgedAt + lostAnswerRetryMs(random);
    const { details } = this.#deps.license.record ?? {};
    const lifeMs = details && details.tokenExpiresAt - details.tokenIssuedAt;
    const delayMs = retryDelayMs(this.#failures, random, retryAfterOf(reason), lifeMs);
    if (!details) return judgedAt + delayMs;
    const token = { pausesUntil: pausesUntil(details), expiresAt: details.tokenExpiresAt };
    return retryDueAt(token, judgedAt, delayMs, random);
  }
}

/** Does a person have to do something before a refresh can succeed? */
function waits({ withoutRefreshToken, lastFailure }: LicenseRecord): boolean {
  return withoutRefreshToken === true || hasTrait(lastFailure?.code, 'needs_person');
}

type FailedRefresh = Extract<RefreshOutcome, { ok: false }>;

/** When the next refresh is due. A failure that was recorded by a clock far ahead of trusted time does not postpone it. */
function dueAt(record: LicenseRecord, judgedAt: number): number {
  const notedAhead = record.lastFailureAt !== undefined && record.lastFailureAt > judgedAt + clockToleranceMs;
  return notedAhead ? judgedAt : record.refreshDueAt;
}
