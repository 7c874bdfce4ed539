import type { KnownServer } from '../authorization/known-server.ts';
import type { HeldToken } from '../license/held-token.ts';
import type { ProfilePeers } from '../peers/profile-peers.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';

/** What the local license API uses of a licensed server. */
export interface ServedLicense extends Pick<LicensedServer, 'profileId' | 'standing'> {
  readonly token: Pick<HeldToken, 'current' | 'prove'>;
  readonly peers: Pick<ProfilePeers, 'verify' | 'view'>;
  readonly knownServer: Pick<KnownServer, 'keptKeys'>;
}
