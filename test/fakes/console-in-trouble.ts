import * as fc from 'fast-check';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { clockToleranceMs } from '../../src-main/time/clock-check.ts';
import { minDelayMs } from '../../src-main/refresh/refresh-schedule.ts';
import { ConsoleAtWork } from './console-at-work.ts';
import type { Fault } from './fake-authorization-server.ts';
import { answer, html, json, noAnswer } from './scripted-http.ts';
import { settled, until } from './until.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** What can happen to requests between the console and the server. */
const networks = {
  good: () => undefined,
  unreachable: () => noAnswer('network_unreachable', false),
  silent: () => noAnswer('request_timeout'),
  lost: () => ({ after: noAnswer('network_unreachable') }),
  portal: () => html(200),
  proxy: () => noAnswer('certificate_invalid', false),
  redirect: () => noAnswer('unexpected_redirect'),
  half: () => answer(200, '{"acc', { 'content-type': 'application/json' }),
  broken: () => json(500, {}),
  busy: () => html(503, { 'retry-after': '600' }),
  limited: () => html(429, { 'retry-after': '90000' }),
  refused: () => json(400, { error: 'invalid_scope' }),
  stranger: () => json(400, { error: 'invalid_client' }),
} satisfies Record<string, Fault>;

const keychainCodes: readonly FailureCode[] = [
  'secret_store_missing',
  'secret_store_locked',
  'secret_store_timeout',
  'secret_store_refused',
];

export type Trouble =
  | { readonly what: 'wait' | 'sleep' | 'restart'; readonly ms: number }
  | { readonly what: 'network'; readonly how: keyof typeof networks }
  | { readonly what: 'keychain'; readonly code: FailureCode | null; readonly writesOnly: boolean }
  | { readonly what: 'disk'; readonly writable: boolean }
  | { readonly what: 'clock'; readonly errorMs: number; readonly restarts: boolean }
  | { readonly what: 'reconnected' | 'nudge' | 'click' };

const times = fc.oneof(
  fc.integer({ min: 1, max: 60_000 }),
  fc.integer({ min: 1, max: 6 * hour }),
  fc.integer({ min: 1, max: 2 * day }),
);
const jumps = [0, 0, -10 * 365 * day, -day, -hour, -4 * 60_000, 4 * 60_000, hour, day, 40 * day, 10 * 365 * day];

/** Generates any sequence of things that can happen to a console. */
export const troubles: fc.Arbitrary<readonly Trouble[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ what: fc.constantFrom('wait', 'wait', 'sleep', 'restart'), ms: times }) },
    {
      weight: 4,
      arbitrary: fc.record({
        what: fc.constant('network'),
        how: fc.constantFrom(...(Object.keys(networks) as (keyof typeof networks)[])),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        what: fc.constant('keychain'),
        code: fc.constantFrom(null, ...keychainCodes),
        writesOnly: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('disk'), writable: fc.boolean() }) },
    {
      weight: 3,
      arbitrary: fc.record({ what: fc.constant('clock'), errorMs: fc.constantFrom(...jumps), restarts: fc.boolean() }),
    },
    { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('reconnected', 'nudge', 'click') }) },
  ) as fc.Arbitrary<Trouble>,
  { minLength: 1, maxLength: 16 },
);

/** A licensed console to which troubles happen, with checks of what it must never do. */
export class ConsoleInTrouble {
  readonly console: ConsoleAtWork;
  /** A violation found inside a request. It is thrown later, because an error thrown there would look like a network failure. */
  #fault: string | null = null;
  #begunAt: number | null = null;
  #lastAtMs = Number.NEGATIVE_INFINITY;
  /** Until this monotonic time, a refresh may be early or soon after another one, because something requested it. */
  #askedUntilMs = 0;
  #newestToken = 0;
  #keychain: Extract<Trouble, { what: 'keychain' }> = { what: 'keychain', code: null, writesOnly: false };
  #writable = true;

  private constructor(console: ConsoleAtWork) {
    this.console = console;
  }

  static async create(random: number, reuseGraceSeconds: number): Promise<ConsoleInTrouble> {
    const console = await ConsoleAtWork.create();
    console.random = random;
    console.server.reuseGraceSeconds = reuseGraceSeconds;
    console.server.tokenLifeSeconds = day / 1000;
    await console.acquire();
    const inTrouble = new ConsoleInTrouble(console);
    inTrouble.#network('good');
    return inTrouble;
  }

  get failureCode(): FailureCode | undefined {
    return this.console.services.license.record?.lastFailure?.code;
  }

  /** Applies a trouble; throws if the console does something that it must not do. */
  async suffer(trouble: Trouble): Promise<void> {
    const { console } = this;
    const { clock, trustedTime } = console;
    switch (trouble.what) {
      case 'wait':
        await this.#wait(trouble.ms);
        break;
      case 'sleep':
        clock.sleep(trouble.ms);
        trustedTime.startOver();
        this.#asked(() => console.services.refresh.reconnected());
        break;
      case 'restart':
        await this.#restart(trouble.ms);
        break;
      case 'network':
        this.#network(trouble.how);
        break;
      case 'clock':
        clock.wallErrorMs = trouble.errorMs;
        if (trouble.restarts) await this.#restart(0);
        break;
      case 'reconnected':
        this.#asked(() => console.services.refresh.reconnected());
        break;
      case 'nudge':
        this.#asked(() => console.services.refresh.nudge());
        break;
      case 'click':
        this.#asked(() => void console.services.refresh.refreshNow());
        break;
      case 'keychain':
        this.#keychain = trouble;
        break;
      case 'disk':
        this.#writable = trouble.writable;
    }
    this.#furnish();
    await this.#rest();
    this.#check();
  }

  /** Ends all troubles and lets 26 hours pass, which is longer than any `Retry-After` that the console obeys. */
  async recover(restarts: boolean): Promise<void> {
    await this.suffer({ what: 'network', how: 'good' });
    await this.suffer({ what: 'keychain', code: null, writesOnly: false });
    await this.suffer({ what: 'disk', writable: true });
    await this.suffer({ what: 'clock', errorMs: 0, restarts });
    await this.suffer({ what: 'wait', ms: 26 * hour });
  }

  async #restart(offMs: number): Promise<void> {
    this.console.boot(undefined, offMs);
    this.#furnish();
    this.#lastAtMs = Number.NEGATIVE_INFINITY;
    this.#askedUntilMs = 0;
    await this.console.services.license.reconcile();
    this.console.services.refresh.plan();
  }

  /** Applies the current troubles of disk and keychain, also to a new process. */
  #furnish(): void {
    const { code, writesOnly } = this.#keychain;
    this.console.documents.writable = this.#writable;
    this.console.secrets.failing((operation) => (writesOnly && operation !== 'write' ? null : code));
  }

  #asked(ask: () => void): void {
    this.#askedUntilMs = this.console.clock.monotonicNow() + 5 * 60_000 + minDelayMs;
    ask();
  }

  #network(how: keyof typeof networks): void {
    const fault: Fault = networks[how];
    this.console.server.fault = (endpoint, request) => {
      // The metadata may be requested first, and their answer may correct the trusted time at which the refresh started.
      this.#begunAt ??= this.console.trustedTime.evaluate().judgedAt;
      if (endpoint === 'token') this.#checkTime(this.#begunAt);
      return fault(endpoint, request);
    };
  }

  /** Checks that the refresh is neither early nor part of a tight loop. */
  #checkTime(begunAt: number): void {
    const { clock, services } = this.console;
    const nowMs = clock.monotonicNow();
    const sinceMs = nowMs - this.#lastAtMs;
    this.#lastAtMs = nowMs;
    if (nowMs <= this.#askedUntilMs) return;
    const record = services.license.record;
    if (!record) throw new Error('a refresh without a license');
    const notedAhead = (record.lastFailureAt ?? 0) > begunAt + clockToleranceMs;
    if (record.refreshDueAt > begunAt && !notedAhead) this.#fault ??= 'a refresh that was early';
    if (sinceMs < minDelayMs) this.#fault ??= `a refresh ${sinceMs} ms after another`;
  }

  /** Advances from one wake-up to the next. Time does not pass while a refresh is in progress. */
  async #wait(ms: number): Promise<void> {
    for (let leftMs = ms; leftMs > 0; ) {
      const stepMs = Math.min(leftMs, this.console.timer.nextDelayMs ?? leftMs);
      await this.console.timer.advance(stepMs);
      await this.#rest();
      leftMs -= stepMs;
    }
  }

  async #rest(): Promise<void> {
    if (this.console.services.refresh.view().refreshing)
      await until(() => !this.console.services.refresh.view().refreshing, 'the end of the refresh');
    this.#begunAt = null;
    await settled();
  }

  #check(): void {
    const { license } = this.console.services;
    if (this.#fault) throw new Error(this.#fault);
    if (license.view()?.details.serverId !== 'store-014') throw new Error('the license is gone');
    const token = Number(this.console.kept?.refreshToken.replace('refresh-token-', ''));
    if (!(token >= this.#newestToken)) throw new Error(`the keychain has token ${token} after ${this.#newestToken}`);
    this.#newestToken = token;
    if (this.#waitsForPerson) return;
    const { nextDelayMs } = this.console.timer;
    if (nextDelayMs === null || nextDelayMs > hour) throw new Error(`the next look is in ${nextDelayMs} ms`);
  }

  get #waitsForPerson(): boolean {
    return this.failureCode === 'invalid_grant' || this.failureCode === 'secret_store_damaged';
  }
}
