import { hostname } from 'node:os';
import { administratorNoticeRefusals } from '../../src-shared/notifications/alert.ts';
import { localApiTrouble } from '../../src-shared/registers/local-api-view.ts';
import { createAdministratorNotice } from '../adapters/desktop/administrator-notice.ts';
import { createElectronNotifier } from '../adapters/desktop/electron-notifier.ts';
import type { AdministratorPlace } from '../adapters/disk/administrator-file.ts';
import type { ComposedParts } from './composed-parts.ts';
import { type AlertStanding, lossAlert } from '../notifications/notification-causes.ts';
import { NotificationService } from '../notifications/notification-service.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { Http } from '../ports/http.ts';

interface NotificationsDeps extends ComposedParts {
  /** The file in which an administrator sets a command or an address for events. */
  readonly administratorNotice: AdministratorPlace;
  readonly http: Http;
  readonly documents: DocumentStore;
}

/** The notifications for people at this computer and for its administrator. A notice says why an administrator's setting is refused. */
export function composeNotifications(deps: NotificationsDeps): NotificationService {
  const { profiles, notices, http, log, changes } = deps;
  return new NotificationService({
    ...deps,
    standings: () => standings(deps),
    ofComputer: () => (profiles.loss ? [lossAlert(profiles.loss.part, hostname())] : []),
    quietHours: () => profiles.quietHours,
    notifier: createElectronNotifier(log),
    administrator: createAdministratorNotice(deps.administratorNotice, http, log),
    onAdministratorNotice: (notice) => {
      for (const reason of administratorNoticeRefusals) notices.dismiss(`administrator_notice_${reason}`);
      if (notice.state === 'refused') notices.note(`administrator_notice_${notice.reason}`);
    },
    onChanged: changes.notify,
  });
}

function standings({ servers, profiles, localApi }: NotificationsDeps): readonly AlertStanding[] {
  const view = profiles.current && localApi.view(profiles.current.id);
  const trouble = view && localApiTrouble(view, localApi.clientsFailure);
  return servers.standing().servers.map((server) => ({ ...server, localApi: trouble }));
}
