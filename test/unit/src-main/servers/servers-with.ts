import { nodeSeal } from '../../../../src-main/adapters/computer/node-seal.ts';
import { nodeTokenCrypto } from '../../../../src-main/adapters/computer/node-token-crypto.ts';
import { MachineLicense } from '../../../../src-main/license/machine-license.ts';
import { ConsoleNotices } from '../../../../src-main/notifications/console-notices.ts';
import { SeenProofs } from '../../../../src-main/peers/seen-proofs.ts';
import { LicensedServers } from '../../../../src-main/servers/licensed-servers.ts';

type Deps = ConstructorParameters<typeof LicensedServers>[0];
type GivenParts = 'http' | 'clock' | 'timer' | 'documents' | 'secrets' | 'trustedTime';
type Given = Pick<Deps, 'profiles' | 'history'> &
  Partial<Pick<Deps, 'notices' | 'onEvent'>> & { readonly parts: Pick<Deps['parts'], GivenParts> };

/** The servers of a console with these parts. Everything else is quiet, and the same in each test. */
export function serversWith({ parts, ...deps }: Given): LicensedServers {
  return new LicensedServers({
    notices: new ConsoleNotices(() => {}),
    machine: new MachineLicense(null, () => {}),
    about: { version: '1.0.0', runtime: 'none' },
    onEvent: () => {},
    ...deps,
    parts: {
      random: () => 0.5,
      seal: nodeSeal,
      ownComputer: async () => null,
      tokenCrypto: nodeTokenCrypto,
      seenProofs: new SeenProofs(),
      expiredPeers: () => 'refuse',
      onChanged: () => {},
      onFault: () => {},
      ...parts,
    },
  });
}
