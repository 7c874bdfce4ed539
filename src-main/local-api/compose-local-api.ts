import type { UnreadFile } from '../../src-shared/console-state.ts';
import type { ConsoleNotices } from '../notifications/console-notices.ts';
import type { ConsoleService } from '../servers/console-service.ts';
import type { HistoryLog } from '../history/history-log.ts';
import { type ProfileServices, standingOf } from '../servers/profile-services.ts';
import type { TrustedTime } from '../time/trusted-time.ts';
import { ApiClients } from './api-clients.ts';
import { LocalApi } from './local-api.ts';
import type { ServedLicense } from './served-license.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { Log } from '../ports/log.ts';
import type { Timer } from '../ports/timer.ts';
import type { ServerProfiles } from '../servers/server-profiles.ts';

type ServersAtWork = Pick<ConsoleService, 'servicesOf' | 'noteSetting'> & {
  readonly notices: Pick<ConsoleNotices, 'note'>;
};

export interface LocalApiParts {
  readonly service: ServersAtWork;
  readonly profiles: Pick<ServerProfiles, 'localApi' | 'saveLocalApi'>;
  readonly history: Pick<HistoryLog, 'append'>;
  readonly documents: DocumentStore;
  readonly trustedTime: TrustedTime;
  readonly timer: Timer;
  readonly log: Log;
  /** The folder of the settings. Programs look there for the address of the API. */
  readonly folder: string;
  readonly version: string;
  readonly onChanged: () => void;
}

/** Builds the local license API for the servers at work. Opens and reads nothing yet. */
export function composeLocalApi(parts: LocalApiParts): LocalApi {
  const { service, profiles, history, documents, trustedTime, timer, log, folder, version, onChanged } = parts;
  const now = () => trustedTime.evaluate().judgedAt;
  const onUnreadable = (file: UnreadFile) => service.notices.note('api_clients_unreadable', file);
  return new LocalApi({
    settings: () => profiles.localApi,
    saveSettings: (settings) => profiles.saveLocalApi(settings),
    clients: new ApiClients({ documents, now, onUnreadable }),
    served: servedLicenses(service, trustedTime),
    peers: (profileId) => service.servicesOf(profileId)?.peers.view() ?? { peers: [], at: now() },
    folder,
    version,
    timer,
    onChanged,
    onSettings: () => service.noteSetting('localApi'),
    onClients: (profileId) => history.append(profileId, { kind: 'settings_changed', settings: ['apiClients'] }),
    // The log gets the name only: an error's message may quote what a client sent.
    onFault: (thrown) => log.warn('local_api_fault', { name: thrown instanceof Error ? thrown.name : 'unknown' }),
  });
}

/** Looks up the license of a server: always the same object for one server. Null if there is no such server. */
function servedLicenses(service: ServersAtWork, trustedTime: TrustedTime): (profileId: string) => ServedLicense | null {
  const known = new Map<string, ServedLicense>();
  return (profileId) => {
    if (!service.servicesOf(profileId)) return null;
    const served = known.get(profileId) ?? servedLicense(profileId, service, trustedTime);
    known.set(profileId, served);
    return served;
  };
}

/** Looks up the services at each use, because changed settings replace them. */
function servedLicense(profileId: string, service: ServersAtWork, trustedTime: TrustedTime): ServedLicense {
  const services = (): ProfileServices => {
    const found = service.servicesOf(profileId);
    if (!found) throw new Error('No such server');
    return found;
  };
  return {
    profileId,
    standing: () => {
      const { edition } = services().license.profile;
      return { ...standingOf(services()), edition, ...trustedTime.evaluate() };
    },
    currentToken: () => services().token.current(),
    signingKeys: () => services().knownServer.keptKeys,
    verifyPeer: (presented, askedBy) => services().peers.verify(presented, askedBy),
    prove: (request) => services().token.prove(request),
  };
}
