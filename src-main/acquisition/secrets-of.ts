import type { ServerProfile } from '../../src-shared/server-profile.ts';
import type { TokenSet } from '../authorization/token-set.ts';
import type { LicenseSecrets } from '../license/license-record.ts';

/** Builds the keychain entry for tokens that were issued for a profile. */
export function secretsOf(
  { accessToken, refreshToken, proofKey }: TokenSet,
  { issuer, clientId }: ServerProfile,
): LicenseSecrets {
  return {
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    issuer,
    clientId,
    ...(proofKey ? { dpopKey: proofKey.privateJwk } : {}),
  };
}
