import type { AcquisitionState } from '../../src-shared/license/acquisition-state.ts';
import type { LicenseView } from '../../src-shared/window/console-state.ts';
import type { ServerReport } from '../../src-shared/pairing/pairing.ts';
import { present } from '../../src-shared/present.ts';
import type { LicensedServer } from './licensed-server.ts';

/** A laptop refuses a report with a longer text. */
const longest = { name: 200, address: 2000 } as const;

/** What the laptop that helps a server may know of it. Never a token, a device code or a key. */
export function reportForLaptop(server: LicensedServer, consoleVersion: string): ServerReport {
  const { profile, license, refresh, connection } = server;
  const view = license.view();
  const failures = [
    connection.state === 'offline' ? connection.failure : null,
    license.keychainTrouble,
    refresh.view().lastFailure,
  ];
  return {
    id: profile.id,
    serverName: cut(profile.serverName),
    edition: profile.edition,
    issuer: cut(profile.issuer, longest.address),
    consoleVersion: cut(consoleVersion, 50),
    acquisition: acquisitionMembers(server.acquisition.view()),
    ...(view ? { license: reportedLicense(view, refresh.view().lastRefreshedAt) } : {}),
    failureCodes: [...new Set(failures.flatMap((failure) => failure?.code ?? []))],
  };
}

function cut(text: string, most: number = longest.name): string {
  return text.slice(0, most);
}

function acquisitionMembers(acquisition: AcquisitionState): ServerReport['acquisition'] {
  const { state } = acquisition;
  if (state === 'failed') return { state, failureCode: acquisition.failure.code };
  if (state !== 'awaiting_authorization') return { state };
  const { userCode, verificationUri, verificationUriComplete, remainingSeconds } = acquisition.code;
  return present({
    state,
    userCode: cut(userCode),
    verificationUri: cut(verificationUri, longest.address),
    // A link that is cut leads nowhere.
    verificationUriComplete:
      verificationUriComplete && verificationUriComplete.length <= longest.address
        ? verificationUriComplete
        : undefined,
    remainingSeconds: Math.max(0, Math.min(86_400, Math.round(remainingSeconds))),
  });
}

function reportedLicense(
  { details }: LicenseView,
  lastRefreshAt: number | undefined,
): NonNullable<ServerReport['license']> {
  const { serverId, serverName, organization, hub } = details;
  return present({
    serverId: cut(serverId),
    serverName: serverName && cut(serverName),
    organization:
      organization &&
      present({ id: cut(organization.id), name: organization.name === undefined ? undefined : cut(organization.name) }),
    hub:
      hub &&
      present({
        serverId: hub.serverId === undefined ? undefined : cut(hub.serverId),
        name: hub.name === undefined ? undefined : cut(hub.name),
      }),
    tokenExpiresAt: Math.max(0, details.tokenExpiresAt),
    renewalEndsAt: details.renewalDate && Math.max(0, details.renewalDate.endsAt),
    lastRefreshAt,
  });
}
