import { hostPatterns } from '../../src-shared/servers/host-patterns.ts';
import { present } from '../../src-shared/present.ts';
import type { HelpedServer } from '../../src-shared/pairing/pairing.ts';
import { isChosenName } from '../../src-shared/servers/server-name.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import type { CodeLink } from '../pairing/laptop/offer-control.ts';
import type { AwaitedCode } from './authorization-pane/reading/page-reading.ts';
import type { PaneTarget } from './authorization-pane/pane-target.ts';

/** The pane of a server of this console. */
export function paneTarget(profile: ServerProfile): PaneTarget {
  const privateHosts = (profile.signInHosts ?? '').toLowerCase().split(/[\s,]+/);
  return {
    profileId: profile.id,
    policy: { issuer: new URL(profile.issuer), privateHosts },
    startAddress: profile.startAddress ?? profile.issuer,
    integratedHosts: hostPatterns(profile.integratedSignInHosts ?? '').patterns,
  };
}

/**
 * The pane of a server that this computer helps. Its issuer was confirmed, and need not be that of a server of this console. If it is, the
 * settings of that server apply, so that a company's own sign-in can be reached.
 */
export function offerTarget({ issuer }: CodeLink, profiles: readonly ServerProfile[]): PaneTarget {
  const known = profiles.find((profile) => profile.issuer === issuer);
  const target = known
    ? paneTarget(known)
    : { policy: { issuer: new URL(issuer), privateHosts: [] }, startAddress: issuer, integratedHosts: [] };
  // Equal for all servers at that issuer, so that their pages share one view.
  return { ...target, profileId: 'help' };
}

/** What the pane fills in for a server that this computer helps. Null if nothing may be opened for it. */
export function awaitedCodeOf(link: CodeLink | null, server: HelpedServer | undefined): AwaitedCode | null {
  if (!link) return null;
  const { userCode, address } = link;
  const { serverName = '' } = server?.report ?? {};
  const device = isChosenName(serverName) ? serverName : undefined;
  return present({ userCode, address, addressWithCode: address, device });
}
