import type { JSONWebKeySet } from 'jose';
import { retryAfterOf } from '../authorization/retry-after.ts';
import type { Clock } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';
import type { TokenCrypto } from '../ports/token-crypto.ts';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import type { Result } from '../../src-shared/result.ts';
import { PeerKeySet } from './peer-key-set.ts';

/** Why the issuer's keys may be others by now: none of this name is kept, or one is that does not fit the signature. */
export type KeysDoubt = 'key_unknown' | 'signature_invalid';

/** Whatever peers present, the issuer's keys are asked for at most once in this time because of a key that is not kept. */
export const refetchAfterMs = 30_000;
/**
 * ... and once in this because of a signature that a kept key does not fit: anybody can make those, while few servers give a
 * new key an old name. Neither cause uses up the other's turn. A request without an answer is made again sooner.
 */
export const refetchForSignatureAfterMs = 300_000;
const refetchAfter: Readonly<Record<KeysDoubt, number>> = {
  key_unknown: refetchAfterMs,
  signature_invalid: refetchForSignatureAfterMs,
};
/** A peer waits no longer than this for an answer. */
export const longestWaitMs = 3_000;

/**
 * The result of a fetch. `refused`: the server answered without usable keys. `unanswered`: no answer has come, or not yet.
 */
export type FetchOutcome = 'fetched' | 'refused' | 'unanswered';
/** The failures of a server that has answered. */
const refusals: ReadonlySet<FailureCode> = new Set(['signing_keys_refused', 'signing_keys_unusable']);

export interface PeerKeysDeps {
  readonly knownServer: {
    /** The same object until they are fetched anew. */
    readonly keptKeys: JSONWebKeySet | null;
    fetchKeys(): Promise<Result<JSONWebKeySet>>;
  };
  readonly clock: Clock;
  readonly timer: Timer;
  readonly crypto: TokenCrypto;
  /** The kept keys are others than before. */
  readonly onChanged: () => void;
}

/** The issuer's keys for checking peers: the kept ones, fetched anew where a token may be of a newer one. */
export class PeerKeys {
  readonly #deps: PeerKeysDeps;
  #published: JSONWebKeySet | null = null;
  #set: PeerKeySet | null = null;
  /** For each cause when they were asked for the last time, and what came of it. */
  readonly #asked = new Map<KeysDoubt, { readonly atMs: number; outcome: FetchOutcome }>();
  /** The server asked for a pause until then, monotonic. */
  #pausedUntilMs = 0;
  /** The request that is under way. Its `answer` comes with the keys, or when nobody waits any longer. */
  #asking: { readonly answer: Promise<FetchOutcome>; readonly giveUp: () => void } | null = null;

  constructor(deps: PeerKeysDeps) {
    this.#deps = deps;
  }

  /** The kept keys, ready for use; null where none are kept. */
  get current(): PeerKeySet | null {
    const { keptKeys } = this.#deps.knownServer;
    if (keptKeys !== this.#published) this.#takeUp(keptKeys);
    return this.#set;
  }

  /**
   * Fetches the keys again: for each cause at most once in {@link refetchAfterMs} or {@link refetchForSignatureAfterMs}, and not
   * while the server wants a pause (RFC 9110 §10.2.3). Otherwise it resolves to the result of the last fetch. Calls during a fetch
   * share its answer, and none waits longer than {@link longestWaitMs} from the request on.
   */
  async refetch(doubt: KeysDoubt): Promise<FetchOutcome> {
    if (this.#asking) return this.#asking.answer;
    const nowMs = this.#deps.clock.monotonicNow();
    const last = this.#asked.get(doubt);
    if (last && nowMs - last.atMs < (last.outcome === 'fetched' ? refetchAfter[doubt] : refetchAfterMs))
      return last.outcome;
    if (nowMs < this.#pausedUntilMs) return 'unanswered';
    return this.#ask(doubt, nowMs);
  }

  /** Nobody waits any more. */
  stop(): void {
    this.#asking?.giveUp();
  }

  #ask(doubt: KeysDoubt, atMs: number): Promise<FetchOutcome> {
    const asked = { atMs, outcome: 'unanswered' as FetchOutcome };
    this.#asked.set(doubt, asked);
    let settle: (outcome: FetchOutcome) => void = () => {};
    const answer = new Promise<FetchOutcome>((resolve) => {
      settle = resolve;
    });
    const cancel = this.#deps.timer.schedule(longestWaitMs, () => settle('unanswered'));
    const giveUp = () => {
      cancel();
      settle('unanswered');
    };
    this.#asking = { answer, giveUp };
    void this.#request().then((outcome) => {
      asked.outcome = outcome;
      cancel();
      settle(outcome);
    });
    return answer;
  }

  async #request(): Promise<FetchOutcome> {
    const fetched = await this.#deps.knownServer.fetchKeys();
    this.#asking = null;
    if (fetched.ok) return 'fetched';
    this.#pausedUntilMs = this.#deps.clock.monotonicNow() + retryAfterOf(fetched.failure) * 1000;
    return refusals.has(fetched.failure.code) ? 'refused' : 'unanswered';
  }

  #takeUp(published: JSONWebKeySet | null): void {
    const before = this.#set?.fingerprint;
    const next = published && new PeerKeySet(published, this.#deps.crypto);
    this.#published = published;
    if (next?.fingerprint === before) return;
    this.#set = next;
    this.#deps.onChanged();
  }
}
