import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { Edition } from '../../src-shared/servers/server-profile.ts';
import type { TokenSet } from '../authorization/token-set.ts';
import type { LicenseClaims } from '../tokens/license-claims.ts';

/**
 * Checks that this console can use a token that was just issued and verified. Failures: `token_not_bound`, and those of
 * {@link checkDevice}.
 */
export function checkIssued(tokens: TokenSet, claims: LicenseClaims, edition: Edition): Result<null> {
  const bound = checkBinding(tokens, claims);
  return bound.ok ? checkDevice(claims, edition) : bound;
}

/**
 * RFC 9449 §5 and §6.1: a token that was requested with a proof must be bound to our key. The POS server cannot use a token
 * that is bound to a key the console does not hold, nor one that should be bound and is not.
 */
function checkBinding({ bound = false, proofKey }: TokenSet, { boundTo }: LicenseClaims): Result<null> {
  const asAsked = boundTo === proofKey?.thumbprint && bound === (proofKey !== undefined);
  return asAsked ? succeed(null) : fail('token_not_bound');
}

/**
 * Checks that the license is for a server of this profile's edition, not for a register. A token that names no edition is
 * accepted. Failure: `wrong_device`.
 */
export function checkDevice(claims: LicenseClaims, edition: Edition): Result<null> {
  const { details, deviceType } = claims;
  const found = deviceType === 'register' ? 'register' : details.edition;
  if (found === undefined || found === edition) return succeed(null);
  return fail('wrong_device', { facts: { device: details.serverName ?? details.serverId, found, expected: edition } });
}
