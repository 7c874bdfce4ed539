import type { ServerStanding } from '../../src-shared/console-standing.ts';
import type { RemovalView } from '../../src-shared/console-state.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import type { AcquireLicense } from '../acquisition/acquire-license.ts';
import type { KnownServer } from '../authorization/known-server.ts';
import type { KeychainWatch } from '../license/keychain-watch.ts';
import type { HeldToken } from '../license/held-token.ts';
import type { LicenseService } from '../license/license-service.ts';
import type { ProfilePeers } from '../peers/profile-peers.ts';
import type { RefreshScheduler } from '../refresh/refresh-scheduler.ts';

/** What works for one server profile. */
export interface ProfileServices {
  readonly license: LicenseService;
  readonly acquisition: AcquireLicense;
  readonly refresh: RefreshScheduler;
  readonly keychain: KeychainWatch;
  readonly peers: ProfilePeers;
  /** The license token for programs of this computer that may have it. */
  readonly token: HeldToken;
  /** The Authorization server as last seen. */
  readonly knownServer: Pick<KnownServer, 'keptKeys' | 'isSandbox' | 'learn'>;
}

/** How one server stands now. */
export function standingOf({ license, refresh }: ProfileServices): ServerStanding {
  const { id, serverName } = license.profile;
  return {
    profileId: id,
    serverName,
    license: license.view(),
    refresh: refresh.view(),
    keychain: license.keychainTrouble,
  };
}

/**
 * After the first paint: record and keychain are brought together, and the next refresh is planned. Resolves when one that
 * was due is through: what it sets right is no trouble that people are told of.
 */
export async function begin({ license, refresh, acquisition, keychain }: ProfileServices): Promise<void> {
  keychain.begin();
  try {
    await license.reconcile();
    acquisition.explainInterruption();
  } finally {
    // A refresh asks the server itself: where the power came back and many consoles start at once, one request for each, not two.
    if (refresh.plan()) await refresh.refreshNow();
    else if (license.record) await license.contactServer();
  }
}

/** Waits until no license is being changed; tokens that the keychain did not take earlier are offered to it once more. */
export async function settle(services: ProfileServices | null): Promise<Result<null>> {
  if (!services) return succeed(null);
  await services.acquisition.settled();
  // The list of peers that a full disk does not take is no reason to keep anything else from going on.
  services.peers.keep();
  return services.refresh.saveUnsaved();
}

/** A removal of an earlier run that still waits is said as long as no other is under way. */
export function removalOf({ license }: ProfileServices, removal: RemovalView): RemovalView {
  return removal.state === 'idle' && license.removalWaits ? { state: 'waiting' } : removal;
}
