import type { Result } from '../../src-shared/result.ts';

export interface Notification {
  /** A newer one of the same id takes the place of an older one. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** On its button, where the system has buttons; elsewhere a click on the whole does the same. */
  readonly actionLabel: string | null;
  /** It stays until somebody has seen it. */
  readonly urgent: boolean;
}

/** The notifications of the operating system. */
export interface Notifier {
  /** Does this system show any, as far as it says? */
  readonly supported: boolean;
  /** Failure: `notification_not_shown`. */
  show(notification: Notification): Promise<Result<null>>;
  /** Somebody clicked on the notification of this id, or on its button. */
  onActivated(listener: (id: string) => void): void;
}
