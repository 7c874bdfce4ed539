import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { type Place, placeOf } from '../../src-shared/window/place.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import type { NotificationService } from '../notifications/notification-service.ts';
import type { ServerProfiles } from '../servers/server-profiles.ts';

export interface NotificationHandlersDeps {
  readonly profiles: ServerProfiles;
  readonly notifications: Pick<NotificationService, 'snooze' | 'showTest' | 'evaluate'>;
  /** Shows a server, at the page that an alert is about. */
  readonly showServer: (profileId: string, place: Place) => Result<null>;
  readonly changed: () => void;
}

/** The handlers of the alert banner and of the notification settings. */
export function notificationHandlers(deps: NotificationHandlersDeps): HandlersOf<'alert' | 'notifications'> {
  const { profiles, notifications } = deps;
  return {
    'alert.snooze': async ({ profileId, cause }) => {
      notifications.snooze(profileId, cause);
      return succeed(null);
    },
    // Every other cause is explained on the License page. The local license API has its own page.
    'alert.show': async ({ profileId, cause }) =>
      deps.showServer(profileId, placeOf(cause === 'local_api_down' ? 'open_local_api' : 'open_license')),
    'notifications.quiet_hours': async (quietHours) => {
      const saved = profiles.saveQuietHours(quietHours);
      // Notifications that the old quiet hours held back may be due now.
      notifications.evaluate();
      deps.changed();
      return saved;
    },
    'notifications.test': () => notifications.showTest(),
  };
}
