import type { HandlersOf } from '../../src-shared/ipc-contract.ts';
import type { Place } from '../../src-shared/place.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import type { TellPeople } from '../notifications/tell-people.ts';
import type { ServerProfiles } from '../profiles/server-profiles.ts';
import { placeOf } from './asked-place.ts';

export interface NotificationHandlersDeps {
  readonly profiles: ServerProfiles;
  readonly people: Pick<TellPeople, 'snooze' | 'showTest' | 'evaluate'>;
  /** Shows a server, and where the matter of an alert is. */
  readonly showServer: (profileId: string, place: Place) => Result<null>;
  readonly changed: () => void;
}

/** What the banner and the settings of notifications do. */
export function notificationHandlers(deps: NotificationHandlersDeps): HandlersOf<'alert' | 'notifications'> {
  const { profiles, people } = deps;
  return {
    'alert.snooze': async ({ profileId, cause }) => {
      people.snooze(profileId, cause);
      return succeed(null);
    },
    // The license page says all that is about the license; the local license API has a place of its own.
    'alert.show': async ({ profileId, cause }) =>
      deps.showServer(profileId, placeOf(cause === 'local_api_down' ? 'open_local_api' : 'open_license')),
    'notifications.quiet_hours': async (quietHours) => {
      const saved = profiles.saveQuietHours(quietHours);
      // What was held back is told now.
      people.evaluate();
      deps.changed();
      return saved;
    },
    'notifications.test': () => people.showTest(),
  };
}
