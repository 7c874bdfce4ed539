import { Notification as ElectronNotification } from 'electron';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import type { Notification, Notifier } from '../../notifications/notifier.ts';
import type { Log } from '../../ports/log.ts';
import { resultEnd } from '../disk/structured-log.ts';

/**
 * How long to wait until the system reports that a notification is shown. Linux always reports it. Other systems do not, so their
 * silence counts as shown.
 */
const shownTimeoutMs = 5_000;
const isSilentWhenShown = process.platform !== 'linux';

/** The notifications of the operating system, by Electron. Only macOS shows buttons. A click on the notification does the same. */
export function createElectronNotifier(log: Log): Notifier {
  // Without a reference here a notification would be garbage-collected, and clicks on it would be lost.
  const shown = new Map<string, ElectronNotification>();
  let activated: (id: string) => void = () => {};
  return {
    get supported() {
      return ElectronNotification.isSupported();
    },
    async show(notification) {
      const { id } = notification;
      if (!ElectronNotification.isSupported()) return fail('notification_not_shown');
      shown.get(id)?.close();
      const made = make(notification);
      shown.set(id, made);
      made.on('click', () => activated(id));
      made.on('action', () => activated(id));
      made.on('close', () => {
        // On other systems than macOS `close` also comes at a timeout. The notification then stays in the system's list, where it
        // can still be clicked.
        if (process.platform === 'darwin' && shown.get(id) === made) shown.delete(id);
      });
      return log.step('notifications', 'show', { urgent: notification.urgent }, () => showIt(made), resultEnd);
    },
    close(id) {
      shown.get(id)?.close();
      shown.delete(id);
    },
    onActivated(listener) {
      activated = listener;
    },
  };
}

function make({ title, body, actionLabel, urgent }: Notification): ElectronNotification {
  return new ElectronNotification({
    title,
    body,
    ...(process.platform === 'darwin' && actionLabel ? { actions: [{ type: 'button', text: actionLabel }] } : {}),
    urgency: urgent ? 'critical' : 'normal',
    timeoutType: urgent ? 'never' : 'default',
  });
}

function showIt(notification: ElectronNotification): Promise<Result<null>> {
  return new Promise((resolve) => {
    const giveUp = () => resolve(isSilentWhenShown ? succeed(null) : fail('notification_not_shown'));
    const waiting = setTimeout(giveUp, shownTimeoutMs);
    const settle = (result: Result<null>) => {
      clearTimeout(waiting);
      resolve(result);
    };
    notification.on('show', () => settle(succeed(null)));
    notification.on('failed', (_event, error) => settle(fail('notification_not_shown', { detail: error })));
    notification.show();
  });
}
