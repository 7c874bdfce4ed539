import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { relays } from '../../src-shared/pairing/laptop-view.ts';
import { succeed } from '../../src-shared/result.ts';
import type { Changes } from '../changes.ts';
import type { NearbyLaptops } from '../ports/nearby-laptops.ts';
import { whenLaptop, type LaptopControl } from '../servers/helped-by-laptop.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';
import type { ServerProfiles } from '../servers/server-profiles.ts';

export interface LaptopHandlersDeps {
  readonly servers: Pick<LicensedServers, 'shown' | 'of' | 'online'>;
  readonly profiles: Pick<ServerProfiles, 'nextId'>;
  readonly laptop: LaptopControl;
  readonly nearbyLaptops: Pick<NearbyLaptops, 'find'>;
  readonly changes: Pick<Changes, 'subscribe'>;
  readonly pane: { show(open: boolean): void };
}

const done = succeed(null);

/** The handlers of a server's console that a laptop helps. */
export function laptopHandlers(deps: LaptopHandlersDeps): HandlersOf<'laptop'> {
  return {
    'laptop.pair': async ({ address, code }) => {
      // At the first run there is no server yet. The laptop then helps the one that the person is about to set up.
      const profileId = deps.servers.shown?.profileId ?? deps.profiles.nextId;
      const paired = await deps.laptop.pair(profileId, address, code);
      if (!paired.ok) {
        // The dialog says why, so the page shows nothing.
        if (deps.laptop.view()?.state === 'ended') deps.laptop.end();
        return paired;
      }
      // The person at the laptop uses the Authorization server's page there.
      if (deps.servers.shown?.profileId === profileId) deps.pane.show(false);
      void goOn(deps, profileId);
      return done;
    },
    'laptop.find': async () => succeed(await deps.nearbyLaptops.find()),
    'laptop.end': async () => {
      deps.laptop.end();
      return done;
    },
  };
}

/** Requests a User Code as soon as the Authorization server can be reached, unless the server already has a license or a code. */
async function goOn({ servers, laptop, changes }: LaptopHandlersDeps, profileId: string): Promise<void> {
  if (!(await whenLaptop(relays, laptop, changes, profileId))) return;
  // A person waits here, so this server does not wait for its turn among many.
  servers.of(profileId)?.connectionIsBack();
  servers.online();
  const server = servers.of(profileId);
  if (!server) return;
  const { state } = server.acquisition.view();
  if (server.license.view() || (state !== 'idle' && state !== 'failed')) return;
  server.setRemoval({ state: 'idle' });
  await server.acquisition.start();
}
