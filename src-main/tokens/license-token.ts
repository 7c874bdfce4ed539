import { type Failure, failure } from '../../src-shared/result.ts';
import type { TokenCrypto } from '../ports/token-crypto.ts';
import type { JsonObject } from './duplicate-members.ts';
import type { KeySet } from './key-set.ts';
import { readSignedText } from './signed-text.ts';
import { checkClaims, type ClaimsFault, judgeAlgorithm, type TokenInstants, type TokenSource } from './token-rules.ts';

export interface TokenExpectation extends TokenSource {
  /** The issuer's keys. Null if none are known. */
  readonly keys: KeySet | null;
  readonly crypto: TokenCrypto;
}

/** A license token that our issuer signed. Its instants have not been compared with the current time yet. */
export interface VerifiedToken extends TokenInstants {
  readonly claims: JsonObject;
}

/** The step at which a token is refused. A token that is refused for its claims was signed by the issuer. */
export type TokenStep = 'text' | 'algorithm' | 'key' | 'signature' | 'claims';

export type TokenFault =
  | ClaimsFault
  | 'token_algorithm_unsupported'
  | 'token_signature_invalid'
  | 'signing_keys_unusable';

export type TokenCheck =
  | { readonly ok: true; readonly value: VerifiedToken }
  | {
      readonly ok: false;
      readonly failure: Failure & { readonly code: TokenFault };
      readonly at: TokenStep;
      /** The claims of the refused token, if it could be parsed. Nothing in them is proven. */
      readonly claimed: JsonObject | null;
    };

/**
 * Is this a license token of our issuer? Checks the text, the header, the signature and the claims (RFC 7519 §7.2, RFC 8725 §3,
 * RFC 9068 §4), for this server's own token and for those of peers alike. The time and the client are left to the caller.
 */
export function verifyLicenseToken(token: string, { keys, crypto, issuer, audience }: TokenExpectation): TokenCheck {
  const read = readSignedText(token, crypto);
  const refuse = (at: TokenStep, code: TokenFault, facts?: Record<string, string>): TokenCheck => {
    const why = { ...failure(code, facts ? { facts } : {}), code };
    return { ok: false, failure: why, at, claimed: read && read.claims };
  };
  if (!read) return refuse('text', 'token_malformed');
  const { header, claims, signed, signature } = read;
  const judged = judgeAlgorithm(header['alg']);
  if (judged === 'proves_nothing') return refuse('algorithm', 'token_signature_invalid');
  if (judged === 'unsupported')
    return refuse('algorithm', 'token_algorithm_unsupported', { algorithm: String(header['alg']).slice(0, 30) });
  const key = keys?.find(judged.allowed, header['kid']) ?? 'key_unknown';
  if (typeof key === 'string') return refuse('key', 'signing_keys_unusable', { cause: key });
  if (!key.verify(signed, signature)) return refuse('signature', 'token_signature_invalid');
  const checked = checkClaims(header, claims, { issuer, audience });
  return typeof checked === 'string' ? refuse('claims', checked) : { ok: true, value: { ...checked, claims } };
}
