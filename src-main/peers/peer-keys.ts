import type { JSONWebKeySet } from 'jose';
import type { Clock } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';
import type { TokenCrypto } from '../ports/token-crypto.ts';
import type { Result } from '../../src-shared/result.ts';
import { PeerKeySet } from './peer-key-set.ts';

/** Whatever peers present, the issuer's keys are asked for at most once in this time. */
export const refetchAfterMs = 30_000;
/** A peer waits no longer than this for an answer. */
export const longestWaitMs = 3_000;

/** What came of asking for the keys: `unanswered` while the answer is still on its way, too. */
export type FetchOutcome = 'fetched' | 'unanswered';

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
  #askedAtMs = Number.NEGATIVE_INFINITY;
  #outcome: FetchOutcome = 'unanswered';
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
   * Asks for the keys anew, at most once in {@link refetchAfterMs}; else says what came of it the last time. All who ask in
   * the meantime wait for the same answer, none longer than {@link longestWaitMs} from the request on.
   */
  async refetch(): Promise<FetchOutcome> {
    if (this.#asking) return this.#asking.answer;
    const nowMs = this.#deps.clock.monotonicNow();
    if (nowMs - this.#askedAtMs < refetchAfterMs) return this.#outcome;
    this.#askedAtMs = nowMs;
    return this.#ask();
  }

  /** Nobody waits any more. */
  stop(): void {
    this.#asking?.giveUp();
  }

  #ask(): Promise<FetchOutcome> {
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
      cancel();
      settle(outcome);
    });
    return answer;
  }

  async #request(): Promise<FetchOutcome> {
    const fetched = await this.#deps.knownServer.fetchKeys();
    this.#outcome = fetched.ok ? 'fetched' : 'unanswered';
    this.#asking = null;
    return this.#outcome;
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
