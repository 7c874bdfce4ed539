import type { CommandServer, CommandServices } from './command-services.ts';
import { exitCodes } from './exit-codes.ts';
import type { ServerReport } from './license-document.ts';

export function reportOf(services: CommandServices, server: CommandServer): ServerReport {
  const { profile, license, refresh } = server;
  return {
    id: profile.id,
    serverName: profile.serverName,
    edition: profile.edition,
    isShown: services.shownId() === profile.id,
    license: license.view(),
    removalWaits: license.removalWaits,
    refresh: refresh.view(),
    isKept: !services.isInPlace,
    keychain: license.keychainTrouble,
    connection: server.connection(),
    ...services.clock(),
  };
}

/** After these, refreshing does not go on before a person has done something. */
const needsPerson = new Set(['invalid_grant', 'secret_store_damaged']);

/** Licensed and nothing to do; licensed, but a person must act; or not licensed. */
export function exitCodeOfReport({ license, refresh, keychain, clock }: ServerReport): number {
  if (!license) return exitCodes.notLicensed;
  const { renewal, token } = license.evaluation;
  const fine = renewal.state === 'licensed' && token.state === 'fine' && clock.state === 'right' && !keychain;
  return fine && !needsPerson.has(refresh.lastFailure?.code ?? '') ? exitCodes.done : exitCodes.personMustAct;
}
