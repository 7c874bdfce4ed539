import { present } from '../../src-shared/present.ts';
import type { ServerProfile } from '../../src-shared/server-profile.ts';
import type { TokenSet } from '../authorization/token-set.ts';
import type { LicenseSecrets } from '../license/license-record.ts';

/** Builds the keychain entry for tokens that were issued for a profile. */
export function secretsOf(
  { accessToken, refreshToken, proofKey }: TokenSet,
  { issuer, clientId }: ServerProfile,
): LicenseSecrets {
  return present({ accessToken, refreshToken, issuer, clientId, dpopKey: proofKey?.privateJwk });
}
