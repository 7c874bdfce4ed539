import type { ServerStanding } from '../../src-shared/console-standing.ts';
import type { RemovalView } from '../../src-shared/console-state.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import type { AcquireLicense } from '../acquisition/acquire-license.ts';
import type { KnownServer } from '../authorization/known-server.ts';
import type { KeychainWatch } from '../keychain/keychain-watch.ts';
import type { HeldToken } from '../license/held-token.ts';
import type { LicenseService } from '../license/license-service.ts';
import type { ProfilePeers } from '../peers/profile-peers.ts';
import type { RefreshScheduler } from '../refresh/refresh-scheduler.ts';

/** The services of one server profile. */
export interface ProfileServices {
  readonly license: LicenseService;
  readonly acquisition: AcquireLicense;
  readonly refresh: RefreshScheduler;
  readonly keychain: KeychainWatch;
  readonly peers: ProfilePeers;
  /** The license token for permitted programs of this computer. */
  readonly token: HeldToken;
  /** What is known about the Authorization server from its last answers. */
  readonly knownServer: Pick<KnownServer, 'keptKeys' | 'isSandbox' | 'learn'>;
}

/** The current state of one server's license. */
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
 * Call after the first paint. Reconciles the record with the keychain and plans the next refresh. If a refresh is due,
 * resolves after it, so that people are not notified about a problem that this refresh solves.
 */
export async function begin({ license, refresh, acquisition, keychain }: ProfileServices): Promise<void> {
  keychain.begin();
  try {
    await license.reconcile();
    acquisition.explainInterruption();
  } finally {
    // A refresh contacts the server anyway. One request per console, not two, when many consoles start after a power failure.
    if (refresh.plan()) await refresh.refreshNow();
    else if (license.record) await license.contactServer();
  }
}

/** Waits until no license is being changed, then retries to save tokens that the keychain refused earlier. */
export async function settle(services: ProfileServices | null): Promise<Result<null>> {
  if (!services) return succeed(null);
  await services.acquisition.settled();
  // The result is ignored: a full disk that cannot take the list of peers must not stop the rest.
  services.peers.keep();
  return services.refresh.saveUnsaved();
}

/** Shows a removal left over from an earlier run, unless another removal is in progress. */
export function removalOf({ license }: ProfileServices, removal: RemovalView): RemovalView {
  return removal.state === 'idle' && license.removalWaits ? { state: 'waiting' } : removal;
}
