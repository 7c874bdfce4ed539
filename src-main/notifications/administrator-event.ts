import { instantOf } from '../../src-shared/instant.ts';
import { present } from '../../src-shared/present.ts';
import { shownDocument } from '../../src-shared/text/shown-text.ts';
import { words } from '../../src-shared/words/words.ts';
import type { AdministratorEvent } from './administrator-notice.ts';
import type { AlertStanding } from './notification-causes.ts';
import type { DueNotification } from './notification-rules.ts';

/** A due notification in the form for an administrator's program, with the texts that a person in the store reads. */
export function administratorEvent(
  notification: DueNotification,
  standing: AlertStanding | undefined,
  at: number,
): AdministratorEvent {
  const { alert } = notification;
  const { title, body } =
    notification.kind === 'cause'
      ? words.alerts.cause(alert, at)
      : words.alerts.backToNormal([alert], notification.topic);
  const { stopsAt, code } = notification.kind === 'cause' ? alert : {};
  return shownDocument<AdministratorEvent>(
    present({
      version: 1,
      event: notification.kind === 'cause' ? alert.cause : 'back_to_normal',
      server: present({
        name: alert.serverName,
        edition: standing?.edition ?? '',
        serverId: standing?.license?.details.serverId,
      }),
      title,
      text: body,
      stopsAt: instantOf(stopsAt),
      at: instantOf(at),
      code,
    }),
  );
}
