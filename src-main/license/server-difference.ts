import type { LicenseDetails } from '../../src-shared/license-details.ts';
import { present } from '../../src-shared/present.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { isTextOfSetting, settingLengths } from '../../src-shared/server-profile.ts';
import type { DifferingMember, ServerDifference, ServerIdentity } from '../../src-shared/server-difference.ts';
import { isChosenName, sameServerName } from '../../src-shared/server-name.ts';
import { deviceTypes, type LicenseClaims } from '../tokens/license-claims.ts';

/** What the person meant: the server's name in the settings, and the license that it holds now. */
export interface MeantServer {
  readonly serverName: string;
  readonly held: LicenseDetails | null;
  /** Does another server of this console have this name? */
  readonly isNameTaken: (serverName: string) => boolean;
}

/**
 * Compares a license that was just acquired with the server that the person meant. Null if they agree. A value that the token
 * does not name is no difference. A value that the console does not know, such as a new edition, is one.
 */
export function serverDifference(claims: LicenseClaims, server: MeantServer): ServerDifference | null {
  const { serverName, held } = server;
  const { details } = claims;
  const meant = present({
    serverName,
    serverId: held?.serverId,
    organization: nameOfOrganization(held),
  });
  const found = present({
    serverName: details.serverName,
    serverId: details.serverId,
    organization:
      nameOfOrganization(details) ?? unclear(details, 'organization') ?? unclear(details, 'organization.id'),
    edition: unclear(details, 'edition'),
    deviceType: unknownDeviceType(claims),
  });
  const isOther: Readonly<Record<DifferingMember, boolean>> = {
    serverName: details.serverName !== undefined && isOtherName(details.serverName, server),
    organization: held !== null && isOtherOrganization(held, details, found),
    serverId: held !== null && held.serverId !== details.serverId,
    edition: found.edition !== undefined,
    deviceType: found.deviceType !== undefined,
  };
  const differs = (Object.keys(isOther) as DifferingMember[]).filter((member) => isOther[member]);
  if (differs.length === 0) return null;
  return present({ differs, meant, found, newName: newServerName(details, server) });
}

/**
 * The name that the server takes over from its license: that of a device with another name, or with a name that nobody has chosen
 * here. Undefined if the server keeps its name, also because another server has the new one.
 */
export function newServerName(
  { serverName: found }: LicenseDetails,
  server: Omit<MeantServer, 'held'>,
): string | undefined {
  const { serverName, isNameTaken } = server;
  const name = found?.trim().slice(0, settingLengths.serverName).trim().toWellFormed();
  if (name === undefined || !isTextOfSetting('serverName', name)) return undefined;
  const keepsName = isChosenName(serverName) && sameServerName(serverName, name);
  return keepsName || isNameTaken(name) ? undefined : name;
}

/**
 * Checks that a refreshed license is still for the same server and organization. Nobody is asked during a refresh, so a license
 * of another one is not used. Failure: `license_of_another_server`.
 */
export function checkSameServer(held: LicenseDetails, issued: LicenseDetails): Result<null> {
  const isSame = held.serverId === issued.serverId && !isOtherOrganization(held, issued, {});
  if (isSame) return succeed(null);
  const place = (details: LicenseDetails) =>
    [details.serverName ?? details.serverId, nameOfOrganization(details)].filter(Boolean).join(', ');
  return fail('license_of_another_server', {
    facts: { found: place(issued), found_id: issued.serverId, expected: place(held), expected_id: held.serverId },
  });
}

/** A name that nobody has chosen agrees with every device, except with that of another server of this console. */
function isOtherName(found: string, { serverName, isNameTaken }: MeantServer): boolean {
  return isChosenName(serverName) ? !sameServerName(serverName, found) : isNameTaken(found);
}

function isOtherOrganization(held: LicenseDetails, issued: LicenseDetails, found: ServerIdentity): boolean {
  if (held.organization === undefined) return false;
  if (issued.organization === undefined) return found.organization !== undefined;
  return held.organization.id !== issued.organization.id;
}

function nameOfOrganization(details: LicenseDetails | null): string | undefined {
  return details?.organization?.name ?? details?.organization?.id;
}

function unclear(details: LicenseDetails, claim: string): string | undefined {
  return details.unclear?.find((one) => one.claim === claim)?.value;
}

function unknownDeviceType({ deviceType }: LicenseClaims): string | undefined {
  return deviceTypes.includes(deviceType as never) ? undefined : deviceType;
}
