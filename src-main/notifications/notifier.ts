import type { Result } from '../../src-shared/result.ts';

export interface Notification {
  /** A newer notification with the same ID replaces the older one. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** The label of its button, if the system shows buttons. A click on the notification does the same. */
  readonly actionLabel: string | null;
  /** An urgent notification stays until it is dismissed. */
  readonly urgent: boolean;
}

/** The notifications of the operating system. */
export interface Notifier {
  /** Does the system report that it shows notifications? */
  readonly supported: boolean;
  /** Failure: `notification_not_shown`. */
  show(notification: Notification): Promise<Result<null>>;
  /** Removes the notification with this ID, if it is still shown. */
  close(id: string): void;
  /** The person clicked on the notification with this ID, or on its button. */
  onActivated(listener: (id: string) => void): void;
}
