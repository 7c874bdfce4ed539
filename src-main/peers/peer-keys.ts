import type { JSONWebKeySet } from 'jose';
import { retryAfterOf } from '../authorization/retry-after.ts';
import type { Clock } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';
import type { TokenCrypto } from '../ports/token-crypto.ts';
import { hasTrait } from '../../src-shared/failure-codes.ts';
import type { Result } from '../../src-shared/result.ts';
import { KeySet } from '../tokens/key-set.ts';

/** Why the issuer may have new keys: no kept key has this `kid`, or the kept key does not verify the signature. */
export type KeysDoubt = 'key_unknown' | 'signature_invalid';

/** Because of an unknown key, the issuer's keys are fetched at most once in this time, whatever peers present. */
export const refetchAfterMs = 30_000;
/**
 * Because of a signature that a kept key does not verify, the keys are fetched at most once in this longer time: anybody can make
 * such signatures, while few servers reuse a `kid` for a new key. The two causes are counted separately. After a fetch that did
 * not succeed, {@link refetchAfterMs} applies instead.
 */
export const refetchForSignatureAfterMs = 300_000;
const refetchAfter: Readonly<Record<KeysDoubt, number>> = {
  key_unknown: refetchAfterMs,
  signature_invalid: refetchForSignatureAfterMs,
};
/** A peer's verification waits at most this long for the keys. */
export const fetchTimeoutMs = 3_000;

/**
 * The result of a fetch. `refused`: the server responded without usable keys. `unanswered`: there is no response (yet).
 */
type FetchOutcome = 'fetched' | 'refused' | 'unanswered';

export interface PeerKeysDeps {
  readonly knownServer: {
    /** The same object until different keys are fetched. */
    readonly keptKeys: JSONWebKeySet | null;
    fetchKeys(): Promise<Result<JSONWebKeySet>>;
  };
  readonly clock: Clock;
  readonly timer: Timer;
  readonly crypto: TokenCrypto;
  /** Called when the kept keys have changed. */
  readonly onChanged: () => void;
}

/** The issuer's keys for verifying peers. Uses the kept keys, and fetches them again if a token may be signed with a newer key. */
export class PeerKeys {
  readonly #deps: PeerKeysDeps;
  #published: JSONWebKeySet | null = null;
  #set: KeySet | null = null;
  /** The last fetch for each cause: when it was made, and its outcome. */
  readonly #asked = new Map<KeysDoubt, { readonly atMs: number; outcome: FetchOutcome }>();
  /** The end of the pause that the server asked for, in monotonic time. */
  #pausedUntilMs = 0;
  /** The request in progress. `answer` resolves with its outcome, after {@link fetchTimeoutMs}, or on `giveUp`. */
  #asking: { readonly answer: Promise<FetchOutcome>; readonly giveUp: () => void } | null = null;

  constructor(deps: PeerKeysDeps) {
    this.#deps = deps;
  }

  /** The kept keys, ready for use. Null if none are kept. */
  get current(): KeySet | null {
    const { keptKeys } = this.#deps.knownServer;
    if (keptKeys !== this.#published) this.#takeUp(keptKeys);
    return this.#set;
  }

  /**
   * Fetches the keys again: for each cause at most once in {@link refetchAfterMs} or {@link refetchForSignatureAfterMs}, and not
   * during a pause that the server asked for (RFC 9110 §10.2.3). Otherwise resolves to the outcome of the last fetch, or to
   * `unanswered` during a pause. Calls during a fetch share its outcome. No call waits longer than {@link fetchTimeoutMs} from the
   * start of the fetch.
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

  /** Ends the wait of all pending {@link refetch} calls. */
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
    const cancel = this.#deps.timer.schedule(fetchTimeoutMs, () => settle('unanswered'));
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
    return hasTrait(fetched.failure.code, 'keys_refused') ? 'refused' : 'unanswered';
  }

  #takeUp(published: JSONWebKeySet | null): void {
    const before = this.#set?.fingerprint;
    const next = published && new KeySet(published, this.#deps.crypto);
    this.#published = published;
    if (next?.fingerprint === before) return;
    this.#set = next;
    this.#deps.onChanged();
  }
}
