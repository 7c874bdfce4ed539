import { type Failure, failure } from '../../src-shared/result.ts';
import type { LicenseRecord } from '../../src-main/license/license-record.ts';
import { TrustedTime } from '../../src-main/time/trusted-time.ts';
import type { Random } from '../../src-main/ports/random.ts';
import {
  readsMetadataAfter,
  readsMetadataBefore,
  type RefreshOutcome,
} from '../../src-main/refresh/refresh-license.ts';
import { refreshDueAt } from '../../src-main/refresh/refresh-schedule.ts';
import { RefreshScheduler, type ScheduledLicense } from '../../src-main/refresh/refresh-scheduler.ts';
import type { ModelServer, ServerAnswer } from './model-server.ts';
import type { SimulatedTime } from './simulated-time.ts';

export interface StoreParts {
  readonly time: SimulatedTime;
  readonly server: ModelServer;
  /** The internet between the stores and the server. */
  readonly internet: { up: boolean };
  /** The console's random numbers. */
  readonly random: Random;
  readonly tokenLifeMs: number;
}

/** As in `LicensedServers`. */
const longestContactDelayMs = 5 * 60_000;

/**
 * One store: the real scheduler with the least that it needs of a license and a connection. At a start and when the network is back it does
 * the same as `LicensedServers`.
 */
export class SimulatedStore implements ScheduledLicense {
  readonly #parts: StoreParts;
  readonly #nth: number;
  #scheduler: RefreshScheduler | null = null;
  #trustedTime: TrustedTime;
  #refreshToken = 0;
  #connection: 'unknown' | 'online' | 'offline' = 'unknown';
  record: LicenseRecord;
  /** Did its token expire before it was refreshed? */
  ranOut = false;
  /** The time of its last refresh, in ms since the simulation began. */
  refreshedAtMs: number | null = null;

  /** `dueInMs`: when its next refresh is due, from now. */
  constructor(nth: number, dueInMs: number, parts: StoreParts) {
    this.#nth = nth;
    this.#parts = parts;
    this.#trustedTime = new TrustedTime(parts.time);
    const dueAt = parts.time.wallNow() + dueInMs;
    this.record = this.#recordOf(dueAt - parts.tokenLifeMs / 2, dueAt);
  }

  /** Is a refresh due? */
  get isBehind(): boolean {
    return this.record.lastFailure !== undefined || this.record.refreshDueAt <= this.#parts.time.wallNow();
  }

  noteFailure(lastFailure: Failure, dueAt: number): void {
    this.record = { ...this.record, lastFailure, lastFailureAt: this.#judgedAt, refreshDueAt: dueAt };
  }

  /** The console starts. */
  start(): void {
    const { time, random } = this.#parts;
    this.#connection = 'unknown';
    this.#trustedTime = new TrustedTime(time);
    const refresh = {
      run: (answerWasLost = false) => this.#refreshAsTheConsole(answerWasLost),
      saveUnsaved: () => Promise.reject(new Error('nothing to save')),
    };
    const trustedTime = this.#trustedTime;
    this.#scheduler = new RefreshScheduler({
      license: this,
      refresh,
      trustedTime,
      timer: time,
      random,
      onChanged() {},
      onFault() {},
    });
    if (!this.#scheduler.plan()) void this.#contact();
  }

  /** The computer loses power. */
  stop(): void {
    this.#scheduler?.stop();
    this.#scheduler = null;
  }

  /** The console sees that the network is back. */
  online(): void {
    const { time, random } = this.#parts;
    if (this.#scheduler?.reconnected()) return;
    time.schedule(Math.round(random() * longestContactDelayMs), () => {
      if (this.#connection !== 'online') void this.#contact();
    });
  }

  noteIfRunOut(): void {
    if (this.#parts.time.wallNow() >= this.record.details.tokenExpiresAt) this.ranOut = true;
  }

  async #contact(): Promise<void> {
    await this.#send(() => this.#parts.server.metadata());
  }

  /** Reads the metadata when the console does. */
  async #refreshAsTheConsole(answerWasLost: boolean): Promise<RefreshOutcome> {
    const { server } = this.#parts;
    if (readsMetadataBefore(this.record.lastFailure, answerWasLost)) await this.#send(() => server.metadata());
    const outcome = await this.#refresh();
    if (!outcome.ok && readsMetadataAfter(outcome, answerWasLost)) await this.#send(() => server.metadata());
    return outcome;
  }

  async #refresh(): Promise<RefreshOutcome> {
    const { server } = this.#parts;
    const answer = await this.#send(() => server.refresh(this.#nth, this.#refreshToken));
    if (answer !== 'good') return failedBy(answer, server.limits.retryAfterSeconds);
    this.noteIfRunOut();
    this.#refreshToken += 1;
    this.refreshedAtMs = this.#parts.time.nowMs;
    const issuedAt = this.#judgedAt;
    const dueAt = refreshDueAt(issuedAt, issuedAt + this.#parts.tokenLifeMs, this.#parts.random());
    this.record = this.#recordOf(issuedAt, dueAt);
    return { ok: true };
  }

  async #send(request: () => Promise<ServerAnswer>): Promise<ServerAnswer | 'no_network'> {
    const answer = this.#parts.internet.up ? await request() : await this.#parts.time.later(100, 'no_network' as const);
    const isAnswer = answer === 'good' || answer === 'busy' || answer === 'invalid_grant';
    const isBack = isAnswer && this.#connection === 'offline';
    this.#connection = isAnswer ? 'online' : 'offline';
    if (isBack) this.#scheduler?.nudge();
    return answer;
  }

  get #judgedAt(): number {
    return this.#trustedTime.evaluate().judgedAt;
  }

  #recordOf(issuedAt: number, dueAt: number): LicenseRecord {
    const tokenExpiresAt = issuedAt + this.#parts.tokenLifeMs;
    const details = { serverId: `store-${this.#nth}`, tokenIssuedAt: issuedAt, tokenExpiresAt };
    return { version: 1, issuer: 'https://auth.example', details, lastRefreshedAt: issuedAt, refreshDueAt: dueAt };
  }
}

function failedBy(answer: Exclude<ServerAnswer, 'good'> | 'no_network', retryAfterSeconds: number): RefreshOutcome {
  switch (answer) {
    case 'busy':
      return { ok: false, failure: failure('server_error', { facts: { retry_after: String(retryAfterSeconds) } }) };
    case 'invalid_grant':
      return { ok: false, failure: failure('invalid_grant') };
    case 'no_network':
      return { ok: false, failure: failure('network_unreachable') };
    case 'silent':
    case 'lost':
      return { ok: false, failure: failure('request_timeout'), answerLost: true };
  }
}
