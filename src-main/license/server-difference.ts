import type { LicenseDetails } from '../../src-shared/license/license-details.ts';
import { present } from '../../src-shared/present.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { type Edition, isTextOfSetting, settingLengths } from '../../src-shared/servers/server-profile.ts';
import type { DifferingMember, ServerDifference, ServerIdentity } from '../../src-shared/servers/server-difference.ts';
import { isChosenName, sameServerName } from '../../src-shared/servers/server-name.ts';
import { deviceTypes, type LicenseClaims } from '../tokens/license-claims.ts';

const everyMember: Readonly<Record<DifferingMember, true>> = {
  serverName: true,
  organization: true,
  serverId: true,
  edition: true,
  deviceType: true,
};
/** The most important first. */
const members = Object.keys(everyMember) as DifferingMember[];

/** What the person meant: the server's name and edition in the settings, and the license that it holds now. */
export interface MeantServer {
  readonly serverName: string;
  readonly edition: Edition;
  readonly held: LicenseDetails | null;
  /** Does another server of this console have this name? */
  readonly isNameTaken: (serverName: string) => boolean;
}

/**
 * Compares a license that was just acquired with the server that the person meant. A value that the token does not name is no
 * difference. A value that cannot be read, or that the console does not know, such as a new edition, is one.
 */
export function compareServers(claims: LicenseClaims, server: MeantServer): ServerDifference {
  const { serverName, edition, held } = server;
  const { details } = claims;
  const unreadName = details.serverName === undefined ? unclear(details, 'server_name') : undefined;
  const unread = present({
    edition: unclear(details, 'edition'),
    deviceType: unknownDeviceType(claims),
    organization: unclear(details, 'organization') ?? unclear(details, 'organization.id'),
  });
  const isOther: Readonly<Record<DifferingMember, boolean>> = {
    serverName: isOtherName(details.serverName, server) || (unreadName !== undefined && isChosenName(serverName)),
    organization: held !== null && isOtherOrganization(held, details, unread.organization),
    serverId: held !== null && held.serverId !== details.serverId,
    edition: unread.edition !== undefined,
    deviceType: unread.deviceType !== undefined,
  };
  const meant = present({
    serverName,
    serverId: held?.serverId,
    organization: nameOfOrganization(held, details),
    edition: isOther.edition ? edition : undefined,
    deviceType: isOther.deviceType ? deviceTypes[0] : undefined,
  });
  const found = present({
    serverName: details.serverName ?? unreadName,
    serverId: details.serverId,
    organization: nameOfOrganization(details, held) ?? unread.organization,
    edition: unread.edition,
    deviceType: unread.deviceType,
  });
  const differs = members.filter((member) => isOther[member]);
  const name = storableName(details);
  const isTaken = name !== undefined && newServerName(details, server) === undefined && server.isNameTaken(name);
  return present({
    differs,
    meant,
    found,
    newName: newServerName(details, server),
    takenName: isTaken ? name : undefined,
  });
}

/**
 * How a license that a person was asked about differs from the server as it is now. The server may have been renamed since. Every other
 * reason to ask stays as it was asked, for as long as no held license can be compared again: it may have been removed since.
 */
export function differenceNow(claims: LicenseClaims, asked: ServerDifference, server: MeantServer): ServerDifference {
  const now = compareServers(claims, server);
  const isKept = (member: DifferingMember) => asked.differs.includes(member) && !comparedAgain(member, server);
  const kept = members.filter(isKept);
  const valuesOf = (identity: ServerIdentity) => Object.fromEntries(kept.map((member) => [member, identity[member]]));
  return {
    ...now,
    differs: members.filter((member) => now.differs.includes(member) || kept.includes(member)),
    meant: present({ ...now.meant, ...valuesOf(asked.meant) }),
    found: present({ ...now.found, ...valuesOf(asked.found) }),
  };
}

/** Can the member be compared as well as when it was asked about? */
function comparedAgain(member: DifferingMember, { held }: MeantServer): boolean {
  if (member === 'serverName') return true;
  return held !== null && (member === 'serverId' || member === 'organization');
}

/** How a license differs from the server that the person meant; see {@link compareServers}. Null if they agree. */
export function serverDifference(claims: LicenseClaims, server: MeantServer): ServerDifference | null {
  const compared = compareServers(claims, server);
  return compared.differs.length === 0 ? null : compared;
}

/**
 * The name that the server gets from its license, if the device has another name or nobody has chosen a name here. Undefined if the server
 * keeps its name, for example because another server already has the new one.
 */
export function newServerName(
  details: LicenseDetails,
  { serverName, isNameTaken }: Pick<MeantServer, 'serverName' | 'isNameTaken'>,
): string | undefined {
  const name = storableName(details);
  if (name === undefined) return undefined;
  const keepsName = isChosenName(serverName) && sameServerName(serverName, name);
  return keepsName || isNameTaken(name) ? undefined : name;
}

/** The name of the device, as far as the settings can hold it. */
function storableName({ serverName }: LicenseDetails): string | undefined {
  const name = serverName?.trim().slice(0, settingLengths.serverName).trim().toWellFormed();
  return name !== undefined && isTextOfSetting('serverName', name) ? name : undefined;
}

/**
 * Checks that a refreshed license is still for the same server and organization. Nobody can be asked during a refresh, so a license for
 * another server is not used. Failure: `license_of_another_server`.
 */
export function checkSameServer(held: LicenseDetails, issued: LicenseDetails): Result<null> {
  const isSame = held.serverId === issued.serverId && !isOtherOrganization(held, issued, undefined);
  if (isSame) return succeed(null);
  const place = (details: LicenseDetails, other: LicenseDetails) =>
    [details.serverName ?? details.serverId, nameOfOrganization(details, other)].filter(Boolean).join(', ');
  const [found, expected] = [place(issued, held), place(held, issued)];
  return fail('license_of_another_server', {
    facts: { found, found_id: issued.serverId, expected, expected_id: held.serverId },
  });
}

/** A name that nobody has chosen agrees with every device, except with that of another server of this console. */
function isOtherName(found: string | undefined, { serverName, isNameTaken }: MeantServer): boolean {
  if (found === undefined) return false;
  return isChosenName(serverName) ? !sameServerName(serverName, found) : isNameTaken(found);
}

function isOtherOrganization(held: LicenseDetails, issued: LicenseDetails, unread: string | undefined): boolean {
  if (held.organization === undefined) return false;
  if (issued.organization === undefined) return unread !== undefined;
  return held.organization.id !== issued.organization.id;
}

/** With its identifier if the organization of the other license has the same name, but is not the same. */
function nameOfOrganization(details: LicenseDetails | null, other: LicenseDetails | null): string | undefined {
  if (!details?.organization) return undefined;
  const { id, name } = details.organization;
  const isNamesake = other?.organization?.name === name && other?.organization?.id !== id;
  return name !== undefined && other && isNamesake ? `${name} (${id})` : (name ?? id);
}

function unclear(details: LicenseDetails, claim: string): string | undefined {
  return details.unclear?.find((one) => one.claim === claim)?.value;
}

function unknownDeviceType({ deviceType }: LicenseClaims): string | undefined {
  return deviceTypes.includes(deviceType as never) ? undefined : deviceType;
}
