import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { Edition } from '../../src-shared/server-profile.ts';
import type { LicenseClaims } from '../tokens/license-claims.ts';

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
