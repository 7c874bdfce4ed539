import type { ExpiredPeerRule } from '../../src-shared/registers/local-api-view.ts';
import type { LicenseDetails } from '../../src-shared/license/license-status.ts';
import type { PeerReason, PeerVerdict } from '../../src-shared/registers/peer-verdict.ts';
import type { TokenCrypto } from '../ports/token-crypto.ts';
import { claimedPeer } from './claimed-peer.ts';
import { type AuthenticPeer, evaluatePeer, type PeerComparison, peerLicense, refusal } from './evaluate-peer.ts';
import { type KeysDoubt, PeerKeys, type PeerKeysDeps } from './peer-keys.ts';
import { isGoodProof, type PresentedToken } from './peer-proof.ts';
import { PeerTokenCache } from './peer-token-cache.ts';
import type { SeenProofs } from './seen-proofs.ts';
import type { JsonObject } from '../tokens/duplicate-members.ts';
import type { KeySet } from '../tokens/key-set.ts';
import { parseLicenseClaims } from '../tokens/license-claims.ts';
import {
  type TokenCheck,
  type TokenFault,
  type TokenStep,
  type VerifiedToken,
  verifyLicenseToken,
} from '../tokens/license-token.ts';
import { readSignedText } from '../tokens/signed-text.ts';
import { maxTokenLength, type TokenSource } from '../tokens/token-rules.ts';

/** The reason that a peer gets where this server's own token would be refused with the code. */
const reasons: Readonly<Record<TokenFault, PeerReason>> = {
  token_malformed: 'malformed',
  token_algorithm_unsupported: 'algorithm_unsupported',
  signing_keys_unusable: 'key_unknown',
  token_signature_invalid: 'signature_invalid',
  token_type_invalid: 'type_invalid',
  token_issuer_mismatch: 'other_issuer',
  token_audience_mismatch: 'other_audience',
};
/** A token that is refused at one of these steps may be signed with a newer key of the issuer. */
const doubts: Partial<Record<TokenStep, KeysDoubt>> = { key: 'key_unknown', signature: 'signature_invalid' };

interface PeerVerifierDeps extends Omit<PeerKeysDeps, 'onChanged'> {
  /** This server's own license. Null if it holds none. */
  readonly own: () => LicenseDetails | null;
  /**
   * The issuer and audience of our peers' tokens, which are those of our own token. `client_id` is not compared. Null until the
   * Authorization server's metadata was fetched for the first time.
   */
  readonly issuer: () => TokenSource | null;
  /** Trusted time, ms since the epoch. */
  readonly now: () => number;
  readonly crypto: TokenCrypto;
  readonly expiredPeers: () => ExpiredPeerRule;
  /** The proofs that this console has accepted, shared by all servers and kept when settings change. */
  readonly seenProofs: SeenProofs;
}

/**
 * Evaluates the tokens that peers present to one server, even offline. Verifies a signature once per token. Checks everything that depends
 * on the time, this server's license or its settings each time.
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

  /**
   * Answers at once, without a promise, unless the issuer's keys must be fetched: a busy hub verifies thousands of tokens a second.
   * A fetch takes a few seconds at most. Never rejects.
   */
  verify(presented: PresentedToken): PeerVerdict | Promise<PeerVerdict> {
    const { crypto } = this.#deps;
    const { token } = presented;
    const now = this.#comparison();
    if (token.length > maxTokenLength) return refuse(now.own ? 'malformed' : 'not_licensed', null, now);
    if (!now.own) return refuse('not_licensed', readSignedText(token, crypto)?.claims ?? null, now);
    // Read the keys first: if they have changed, this clears the cache.
    const keys = this.#keys.current;
    const digest = crypto.digestOf(token);
    const known = this.#cache.get(digest, now.judgedAt);
    if (known) return this.#judge(known, presented, now);
    const checked = this.#check(token, keys);
    const doubt = checked.ok ? undefined : doubts[checked.at];
    return doubt
      ? this.#verifyAgain(checked, presented, digest, doubt)
      : this.#conclude(checked, presented, digest, now);
  }

  /** Verifies the token once more after a fetch of the issuer's keys, if that brought other keys. */
  async #verifyAgain(
    checked: TokenCheck,
    presented: PresentedToken,
    digest: string,
    doubt: KeysDoubt,
  ): Promise<PeerVerdict> {
    const before = this.#keys.current;
    const outcome = await this.#keys.refetch(doubt);
    const keys = this.#keys.current;
    const again = keys === before ? checked : this.#check(presented.token, keys);
    const then = this.#comparison();
    if (!again.ok && again.at === 'key' && outcome !== 'fetched')
      return refuse(outcome === 'refused' ? 'key_refused' : 'key_unknown_offline', again.claimed, then);
    return this.#conclude(again, presented, digest, then);
  }

  /** Ends the wait for the issuer's keys. */
  stop(): void {
    this.#keys.stop();
  }

  /** What a peer is compared with at this moment. */
  #comparison(): PeerComparison {
    return { own: this.#deps.own(), judgedAt: this.#deps.now(), expiredPeers: this.#deps.expiredPeers() };
  }

  #check(token: string, keys: KeySet | null): TokenCheck {
    const { crypto, issuer } = this.#deps;
    const source = issuer();
    return verifyLicenseToken(
      token,
      source ? { ...source, keys, crypto } : { issuer: '', audience: '', keys: null, crypto },
    );
  }

  #conclude(checked: TokenCheck, presented: PresentedToken, digest: string, now: PeerComparison): PeerVerdict {
    if (!checked.ok) return refuse(reasons[checked.failure.code], checked.claimed, now, checked.at === 'claims');
    const peer = authenticPeer(checked.value);
    this.#cache.keep(digest, peer, now.judgedAt);
    return this.#judge(peer, presented, now);
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
  claimed: JsonObject | null,
  { judgedAt }: PeerComparison,
  authentic = false,
): PeerVerdict {
  return refusal(reason, claimed && claimedPeer(claimed), authentic, judgedAt);
}

function authenticPeer({ claims, startsAt, expiresAt }: VerifiedToken): AuthenticPeer {
  const parsed = parseLicenseClaims(claims);
  if (!parsed.ok) return { license: null, named: claimedPeer(claims), startsAt, expiresAt };
  // The token is bound in a way that is not supported here (RFC 7800 §3.1). No proof can match it, so it must not be accepted.
  const hasOtherBinding = claims['cnf'] !== undefined && parsed.value.boundTo === undefined;
  const license = peerLicense(hasOtherBinding ? { ...parsed.value, boundTo: '' } : parsed.value, startsAt);
  return { license, startsAt, expiresAt };
}
