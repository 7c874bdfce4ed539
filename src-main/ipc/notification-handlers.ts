import type { HandlersOf } from '../../src-shared/ipc-contract.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import type { TellPeople } from '../notifications/tell-people.ts';
import type { ServerProfiles } from '../profiles/server-profiles.ts';

export interface NotificationHandlersDeps {
  readonly profiles: ServerProfiles;
  readonly people: Pick<TellPeople, 'snooze' | 'showTest' | 'evaluate'>;
  /** Shows the license page of a server. */
  readonly showServer: (profileId: string) => Result<null>;
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
    'alert.show': async ({ profileId }) => deps.showServer(profileId),
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
