import type { Random } from '../../src-main/ports/random.ts';
import type { SimulatedTime } from './simulated-time.ts';

/** The outcome of one request. `busy`: refused with 503 and Retry-After. `lost`: the connection broke during the answer. */
export type ServerAnswer = 'good' | 'busy' | 'silent' | 'lost' | 'invalid_grant';

export interface ServerLimits {
  /** Requests that it answers in a second. Further ones wait for a moment, or are refused. */
  readonly perSecond: number;
  readonly longestWaitMs: number;
  readonly retryAfterSeconds: number;
  /** How long after a rotation the old refresh token is still accepted. */
  readonly reuseGraceMs: number;
  /** The share of its good answers that get lost. */
  readonly lostShare: number;
}

/** How long a console waits for a missing answer. */
const timeoutMs = 30_000;

interface Grant {
  token: number;
  rotatedAtMs: number;
  ended: boolean;
}

/**
 * An Authorization server with a capacity. It rotates refresh tokens, and ends a grant if a used token arrives again after the grace period
 * (RFC 9700 §4.14.2).
 */
export class ModelServer {
  readonly limits: ServerLimits;
  readonly #time: SimulatedTime;
  readonly #random: Random;
  readonly #grants: Grant[];
  #freeAtMs = 0;
  isDown = false;
  /** Requests in each second since the simulation began, answered or not. */
  readonly perSecond: number[] = [];
  refused = 0;

  constructor(stores: number, limits: ServerLimits, time: SimulatedTime, random: Random) {
    this.limits = limits;
    this.#time = time;
    this.#random = random;
    this.#grants = Array.from({ length: stores }, () => ({
      token: 0,
      rotatedAtMs: Number.NEGATIVE_INFINITY,
      ended: false,
    }));
  }

  get endedGrants(): number {
    return this.#grants.filter(({ ended }) => ended).length;
  }

  /** Its metadata, for a console that checks whether it can be reached. */
  metadata(): Promise<ServerAnswer> {
    return this.#arrive(() => 'good');
  }

  /** A refresh. With `good` the caller has the next refresh token, `token + 1`, even if it asked within the grace period. */
  refresh(store: number, token: number): Promise<ServerAnswer> {
    return this.#arrive(() => this.#rotate(store, token));
  }

  #arrive(answer: () => ServerAnswer): Promise<ServerAnswer> {
    const { nowMs } = this.#time;
    const second = Math.floor(nowMs / 1000);
    this.perSecond[second] = (this.perSecond[second] ?? 0) + 1;
    if (this.isDown) return this.#time.later(timeoutMs, 'silent');
    const waitMs = Math.max(0, this.#freeAtMs - nowMs);
    if (waitMs > this.limits.longestWaitMs) {
      this.refused += 1;
      return this.#time.later(50, 'busy');
    }
    this.#freeAtMs = nowMs + waitMs + 1000 / this.limits.perSecond;
    const given = answer();
    if (given === 'good' && this.#random() < this.limits.lostShare)
      return this.#time.later(waitMs + 5_000 * this.#random(), 'lost');
    return this.#time.later(waitMs + 100 + 400 * this.#random(), given);
  }

  #rotate(store: number, token: number): ServerAnswer {
    const grant = this.#grants[store];
    if (!grant) throw new Error(`no store ${store}`);
    const { nowMs } = this.#time;
    if (token === grant.token - 1 && nowMs <= grant.rotatedAtMs + this.limits.reuseGraceMs) return 'good';
    if (token !== grant.token) grant.ended = true;
    if (grant.ended) return 'invalid_grant';
    grant.token += 1;
    grant.rotatedAtMs = nowMs;
    return 'good';
  }
}
