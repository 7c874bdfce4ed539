import type { PeerReason } from '../../src-shared/peer-verdict.ts';
import { parseLicenseClaims } from '../tokens/license-claims.ts';
import {
  checkClaims,
  type ClaimsFault,
  judgeAlgorithm,
  type JsonObject,
  type TokenInstants,
  type TokenSource,
} from '../tokens/token-rules.ts';
import { claimedPeer } from './claimed-peer.ts';
import { type AuthenticPeer, peerLicense } from './evaluate-peer.ts';
import type { PeerKeySet } from './peer-key-set.ts';
import type { KeysDoubt } from './peer-keys.ts';
import type { SignedText } from '../tokens/signed-text.ts';

/** The issuer and audience of our peers' tokens. They are the same as for our own token. `client_id` is not compared. */
export type PeerIssuer = TokenSource;

/** Why a token is not accepted, independent of the time. */
export type TokenFault = Extract<
  PeerReason,
  | 'malformed'
  | 'algorithm_unsupported'
  | 'key_unknown'
  | 'signature_invalid'
  | 'type_invalid'
  | 'other_issuer'
  | 'other_audience'
>;

export type TokenCheck =
  | { readonly ok: true; readonly peer: AuthenticPeer }
  | {
      readonly ok: false;
      readonly fault: TokenFault;
      /** Did the issuer sign the token? */
      readonly authentic: boolean;
      /** Why the token may be signed with a newer key of the issuer. Null if it cannot be. */
      readonly keysDoubt: KeysDoubt | null;
    };

const faults: Readonly<Record<ClaimsFault, TokenFault>> = {
  token_type_invalid: 'type_invalid',
  token_issuer_mismatch: 'other_issuer',
  token_audience_mismatch: 'other_audience',
  token_malformed: 'malformed',
};

/**
 * Is this a license token of our issuer? Applies the same rules as for this server's own token (RFC 7519 §7.2, RFC 8725 §3, RFC
 * 9068 §4), except for those about time. `keys` is null if none are kept.
 */
export function checkPeerToken(token: SignedText, keys: PeerKeySet | null, expected: PeerIssuer): TokenCheck {
  const { header, claims } = token;
  const forged = (fault: TokenFault, keysDoubt: KeysDoubt | null): TokenCheck => {
    return { ok: false, fault, authentic: false, keysDoubt };
  };
  const judged = judgeAlgorithm(header['alg']);
  if (judged === 'proves_nothing') return forged('signature_invalid', null);
  if (judged === 'unsupported') return forged('algorithm_unsupported', null);
  const key = keys?.find(judged.allowed, header['kid']);
  if (!key) return forged('key_unknown', 'key_unknown');
  if (!key.verify(token.signed, token.signature)) return forged('signature_invalid', 'signature_invalid');
  const checked = checkClaims(header, claims, expected);
  if (typeof checked === 'string') return { ok: false, fault: faults[checked], authentic: true, keysDoubt: null };
  return { ok: true, peer: authenticPeer(claims, checked) };
}

function authenticPeer(claims: JsonObject, { startsAt, expiresAt }: TokenInstants): AuthenticPeer {
  const parsed = parseLicenseClaims(claims);
  if (!parsed.ok) return { license: null, named: claimedPeer(claims), startsAt, expiresAt };
  // The token is bound in a way that is not supported here (RFC 7800 §3.1). No proof can match it, so it must not be accepted.
  const boundElsehow = claims['cnf'] !== undefined && parsed.value.boundTo === undefined;
  const license = peerLicense(boundElsehow ? { ...parsed.value, boundTo: '' } : parsed.value, startsAt);
  return { license, startsAt, expiresAt };
}
