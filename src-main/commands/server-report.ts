import { hasTrait } from '../../src-shared/failure-codes.ts';
import { present } from '../../src-shared/present.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { ofServer, serverOption } from './chosen-servers.ts';
import type { CommandServices } from './command-services.ts';
import { exitCodes } from './exit-codes.ts';
import type { ServerSummary } from './license-document.ts';

export function reportOf(services: CommandServices, server: LicensedServer): ServerSummary {
  const { profile, license, refresh } = server;
  const { lastFailure, ...refreshed } = refresh.view();
  const { keychainTrouble } = license;
  return present({
    id: profile.id,
    serverName: profile.serverName,
    edition: profile.edition,
    isShown: services.servers.shown?.profile.id === profile.id,
    option: serverOption(services, server) || undefined,
    license: license.view(),
    removalWaits: license.removalWaits,
    newLicenseWaits: server.newLicenseWaits,
    refresh: present({ ...refreshed, lastFailure: lastFailure && ofServer(services, server, lastFailure, 'refresh') }),
    isKept: !services.isInPlace,
    keychain: keychainTrouble && ofServer(services, server, keychainTrouble, 'refresh'),
    connection: server.connection,
    ...services.trustedTime.evaluate(),
  });
}

/** `done` if nothing has to be done, `personMustAct`, or `notLicensed`. */
export function exitCodeOfReport({ license, newLicenseWaits, refresh, keychain, clock }: ServerSummary): number {
  if (!license) return exitCodes.notLicensed;
  const { renewal, token } = license.evaluation;
  const fine = renewal.state === 'licensed' && token.state === 'fine' && clock.state === 'right' && !keychain;
  const { code } = refresh.lastFailure ?? {};
  const waits = newLicenseWaits || hasTrait(code, 'reauthorize') || hasTrait(code, 'needs_person');
  return fine && !waits ? exitCodes.done : exitCodes.personMustAct;
}
