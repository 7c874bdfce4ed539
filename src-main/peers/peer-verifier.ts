import type { ExpiredPeerRule } from '../../src-shared/local-api-view.ts';
import type { LicenseDetails } from '../../src-shared/license-status.ts';
import type { PeerReason, PeerVerdict } from '../../src-shared/peer-verdict.ts';
import { maxTokenLength } from '../tokens/token-rules.ts';
import type { TokenCrypto } from '../ports/token-crypto.ts';
import { claimedPeer } from './claimed-peer.ts';
import { type AuthenticPeer, evaluatePeer, type PeerComparison, refusal } from './evaluate-peer.ts';
import { PeerKeys, type PeerKeysDeps } from './peer-keys.ts';
import { isGoodProof, type PresentedToken } from './peer-proof.ts';
import { PeerTokenCache } from './peer-token-cache.ts';
import { checkPeerToken, type PeerIssuer, type TokenCheck } from './peer-token-verifier.ts';
import type { SeenProofs } from './seen-proofs.ts';
import { readSignedText, type SignedText } from '../tokens/signed-text.ts';

export interface PeerVerifierDeps extends Omit<PeerKeysDeps, 'onChanged'> {
  /** This server's own license. Null if it holds none. */
  readonly own: () => LicenseDetails | null;
  /** Null until the Authorization server's metadata was fetched for the first time. */
  readonly issuer: () => PeerIssuer | null;
  /** Trusted time, ms since the epoch. */
  readonly now: () => number;
  readonly crypto: TokenCrypto;
  readonly expiredPeers: () => ExpiredPeerRule;
  /** The proofs that this console has accepted, shared by all servers and kept when settings change. */
  readonly seenProofs: SeenProofs;
}

/**
 * Judges the tokens that peers present to one server, even offline. Verifies a signature once per token. Checks everything that
 * depends on the time, this server's license or its settings each time.
 */
export class PeerVerifier {
  readonly #deps: PeerVerifierDeps;
  readonly #keys: PeerKeys;
  readonly #cache = new PeerTokenCache();

  constructor(deps: PeerVerifierDeps) {
    this.#deps = deps;
    this.#keys = new PeerKeys({ ...deps, onChanged: () => this.#cache.clear() });
  }

  /** The number of verified tokens and of proofs that are remembered. */
  get kept(): { readonly tokens: number; readonly proofs: number } {
    return { tokens: this.#cache.size, proofs: this.#deps.seenProofs.size };
  }

  /** Resolves quickly unless the issuer's keys must be fetched. Then it takes a few seconds at most. Never rejects. */
  async verify(presented: PresentedToken): Promise<PeerVerdict> {
    const { crypto } = this.#deps;
    const { token } = presented;
    const now = this.#comparison();
    if (token.length > maxTokenLength) return refuse(now.own ? 'malformed' : 'not_licensed', null, now);
    if (!now.own) return refuse('not_licensed', readSignedText(token, crypto), now);
    // Read the keys first: if they have changed, this clears the cache.
    const keys = this.#keys.current;
    const digest = crypto.digestOf(token);
    const known = this.#cache.get(digest, now.judgedAt);
    if (known) return this.#judge(known, presented, now);
    const read = readSignedText(token, crypto);
    if (!read) return refuse('malformed', null, now);
    const checked = this.#check(read);
    if (checked.ok || !checked.keysDoubt) return this.#conclude(checked, read, presented, digest, now);
    const outcome = await this.#keys.refetch(checked.keysDoubt);
    const again = this.#keys.current === keys ? checked : this.#check(read);
    const then = this.#comparison();
    if (!again.ok && again.fault === 'key_unknown' && outcome !== 'fetched')
      return refuse(outcome === 'refused' ? 'key_refused' : 'key_unknown_offline', read, then);
    return this.#conclude(again, read, presented, digest, then);
  }

  /** Ends the wait for the issuer's keys. */
  stop(): void {
    this.#keys.stop();
  }

  /** What a peer is compared with at this moment. */
  #comparison(): PeerComparison {
    return { own: this.#deps.own(), judgedAt: this.#deps.now(), expiredPeers: this.#deps.expiredPeers() };
  }

  #check(read: SignedText): TokenCheck {
    const issuer = this.#deps.issuer();
    const keys = issuer && this.#keys.current;
    return checkPeerToken(read, keys, issuer ?? { issuer: '', audience: '' });
  }

  #conclude(
    checked: TokenCheck,
    read: SignedText,
    presented: PresentedToken,
    digest: string,
    now: PeerComparison,
  ): PeerVerdict {
    if (!checked.ok) return refuse(checked.fault, read, now, checked.authentic);
    this.#cache.keep(digest, checked.peer, now.judgedAt);
    return this.#judge(checked.peer, presented, now);
  }

  #judge(peer: AuthenticPeer, { token, proof }: PresentedToken, now: PeerComparison): PeerVerdict {
    const { judgedAt } = now;
    const verdict = evaluatePeer(peer, now);
    const boundTo = peer.license?.boundTo;
    if (!verdict.accepted || boundTo === undefined) return verdict;
    if (!proof) return refusal('proof_missing', verdict.peer, true, judgedAt);
    const means = { crypto: this.#deps.crypto, seen: this.#deps.seenProofs };
    return isGoodProof(proof, { token, boundTo, judgedAt }, means)
      ? verdict
      : refusal('proof_invalid', verdict.peer, true, judgedAt);
  }
}

function refuse(
  reason: PeerReason,
  read: SignedText | null,
  { judgedAt }: PeerComparison,
  authentic = false,
): PeerVerdict {
  return refusal(reason, read && claimedPeer(read.claims), authentic, judgedAt);
}
