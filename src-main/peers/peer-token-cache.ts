import { isPastExpiry } from '../license/token-rules.ts';
import type { AuthenticPeer } from './evaluate-peer.ts';

export const mostTokensKept = 4096;

/**
 * What verified tokens said, by the digest of each, so that one that comes again needs no signature checked. The text of a
 * token is not kept. Bounded: what was not asked for longest goes first.
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

  /** Undefined where it is not known, and past its `exp`. */
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
    // One at a time came, so one at most is too many.
    if (this.#peers.size > this.#most) this.#peers.delete(this.#peers.keys().next().value ?? digest);
  }

  /** The issuer's keys have changed: what an old one signed counts no more. */
  clear(): void {
    this.#peers.clear();
  }
}
