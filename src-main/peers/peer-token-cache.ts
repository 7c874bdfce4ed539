import { isPastExpiry } from '../tokens/token-rules.ts';
import type { AuthenticPeer } from './evaluate-peer.ts';

export const mostTokensKept = 4096;

interface KeptPeer {
  readonly peer: AuthenticPeer;
  /** The number of the last use. */
  usedAs: number;
}

/**
 * Caches the contents of verified tokens by digest, so that the signature of a repeated token is not verified again. Does not keep
 * the token itself. When the cache is full, drops the entry that was not used for the longest time. It looks for that entry only
 * then, since moving an entry at each use would cost more than anything else in here.
 */
export class PeerTokenCache {
  readonly #peers = new Map<string, KeptPeer>();
  readonly #most: number;
  #uses = 0;

  constructor(most = mostTokensKept) {
    this.#most = most;
  }

  get size(): number {
    return this.#peers.size;
  }

  /** Undefined if the token is not cached or is past its `exp`. */
  get(digest: string, judgedAt: number): AuthenticPeer | undefined {
    const kept = this.#peers.get(digest);
    if (!kept) return undefined;
    if (isPastExpiry(kept.peer.expiresAt, judgedAt)) {
      this.#peers.delete(digest);
      return undefined;
    }
    kept.usedAs = this.#uses += 1;
    return kept.peer;
  }

  keep(digest: string, peer: AuthenticPeer, judgedAt: number): void {
    this.#peers.delete(digest);
    if (isPastExpiry(peer.expiresAt, judgedAt)) return;
    // Each call adds one entry, so at most one has to be dropped.
    if (this.#peers.size >= this.#most) this.#dropLeastUsed();
    this.#peers.set(digest, { peer, usedAs: (this.#uses += 1) });
  }

  /** Call this when the issuer's keys have changed: tokens that were signed with an old key are no longer valid. */
  clear(): void {
    this.#peers.clear();
  }

  #dropLeastUsed(): void {
    let oldest: string | undefined;
    let leastUsedAs = Number.POSITIVE_INFINITY;
    for (const [digest, { usedAs }] of this.#peers) {
      if (usedAs < leastUsedAs) [oldest, leastUsedAs] = [digest, usedAs];
    }
    if (oldest !== undefined) this.#peers.delete(oldest);
  }
}
