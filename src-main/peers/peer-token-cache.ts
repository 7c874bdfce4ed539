import { isPastExpiry } from '../tokens/token-rules.ts';
import type { AuthenticPeer } from './evaluate-peer.ts';

export const mostTokensKept = 4096;

/**
 * Caches the contents of verified tokens by digest, so that the signature of a repeated token is not verified again. Does not keep
 * the token itself. When the cache is full, drops the entry that was not used for the longest time.
 */
export class PeerTokenCache {
  readonly #peers = new Map<string, AuthenticPeer>();
  readonly #most: number;

  constructor(most = mostTokensKept) {
    this.#most = most;
  }

  get size(): number {
    return this.#peers.size;
  }

  /** Undefined if the token is not cached or is past its `exp`. */
  get(digest: string, judgedAt: number): AuthenticPeer | undefined {
    const peer = this.#peers.get(digest);
    if (!peer) return undefined;
    this.#peers.delete(digest);
    if (isPastExpiry(peer.expiresAt, judgedAt)) return undefined;
    this.#peers.set(digest, peer);
    return peer;
  }

  keep(digest: string, peer: AuthenticPeer, judgedAt: number): void {
    this.#peers.delete(digest);
    if (isPastExpiry(peer.expiresAt, judgedAt)) return;
    this.#peers.set(digest, peer);
    // Each call adds one entry, so at most one has to be dropped.
    if (this.#peers.size > this.#most) this.#peers.delete(this.#peers.keys().next().value ?? digest);
  }

  /** Call this when the issuer's keys have changed: tokens that were signed with an old key are no longer valid. */
  clear(): void {
    this.#peers.clear();
  }
}
