import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { AdministratorNoticeState } from '../../src-shared/notifications/alert.ts';
import type { AdministratorEvent, AdministratorNotice } from '../../src-main/notifications/administrator-notice.ts';
import type { Notification, Notifier } from '../../src-main/notifications/notifier.ts';

/** Records notifications in a list. A test can click on them and switch them off. */
export class ListedNotifier implements Notifier {
  readonly shown: Notification[] = [];
  readonly #open = new Map<string, Notification>();
  works = true;
  supported = true;
  #activated: (id: string) => void = () => {};

  async show(notification: Notification): Promise<Result<null>> {
    if (!this.works) return fail('notification_not_shown');
    this.shown.push(notification);
    this.#open.set(notification.id, notification);
    return succeed(null);
  }

  close(id: string): void {
    this.#open.delete(id);
  }

  onActivated(listener: (id: string) => void): void {
    this.#activated = listener;
  }

  click(notification: Notification | undefined): void {
    if (notification) this.#activated(notification.id);
  }

  get titles(): readonly string[] {
    return this.shown.map(({ title }) => title);
  }

  /** The titles of those that the system still shows: neither closed nor replaced by one with the same ID. */
  get openTitles(): readonly string[] {
    return [...this.#open.values()].map(({ title }) => title);
  }
}

/** Records the events that an administrator's program would get. */
export class ListedAdministrator implements AdministratorNotice {
  readonly file = '/etc/notify.json';
  readonly offered: AdministratorEvent[] = [];
  takes = true;
  state: AdministratorNoticeState = { state: 'none', file: '/etc/notify.json' };

  read(): AdministratorNoticeState {
    return this.state;
  }

  async send(event: AdministratorEvent): Promise<Result<null>> {
    this.offered.push(event);
    return this.takes ? succeed(null) : fail('administrator_not_told');
  }

  get events(): readonly string[] {
    return this.offered.map(({ event }) => event);
  }
}
