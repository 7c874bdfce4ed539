import { Notification as ElectronNotification } from 'electron';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { Notification, Notifier } from '../ports/notifier.ts';

/** A system that has said nothing by then has shown nothing on Linux; the others do not always say. */
const longestWaitMs = 5_000;
const isSilentWhenShown = process.platform !== 'linux';

/** The notifications of the operating system, by Electron. macOS alone has buttons; a click on the whole does the same. */
export function createElectronNotifier(): Notifier {
  // One that nobody refers to is collected, and its click with it.
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
        // Closed by a timeout it still stands in the system's list, where it can be clicked; a newer one takes its place.
        if (process.platform === 'darwin' && shown.get(id) === made) shown.delete(id);
      });
      return showIt(made);
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
    const waiting = setTimeout(giveUp, longestWaitMs);
    const settle = (result: Result<null>) => {
      clearTimeout(waiting);
      resolve(result);
    };
    notification.on('show', () => settle(succeed(null)));
    notification.on('failed', (_event, error) => settle(fail('notification_not_shown', { detail: error })));
    notification.show();
  });
}
