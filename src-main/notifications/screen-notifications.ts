import { actionOf, type AlertAction, needsConnection, topicOf } from '../../src-shared/notifications/alert.ts';
import type { Result } from '../../src-shared/result.ts';
import { shown } from '../../src-shared/text/shown-text.ts';
import { words } from '../../src-shared/words/words.ts';
import { topicKeyOf } from './notification-causes.ts';
import type { DueNotification, Ledger } from './notification-rules.ts';
import type { Notification, Notifier } from './notifier.ts';

/** Notifications that the screen shows as one. */
type Group = readonly [DueNotification, ...DueNotification[]];

/** One notification for the screen, with what it is about. */
export interface ScreenNotification {
  readonly notification: Notification;
  readonly kind: DueNotification['kind'];
  /** By {@link topicKeyOf}. */
  readonly topics: readonly string[];
  readonly click: { readonly profileId: string; readonly action: AlertAction };
}

/** From this many servers on, one notification on the screen speaks for all that need the same. */
const fewestTogether = 4;

/**
 * The system's notifications. A notification stays until a newer one has replaced it for every topic that it is about, or until people need
 * not know about any of them. So none closes another one that is still true for a server.
 */
export class ScreenNotifications {
  readonly #notifier: Notifier;
  /** The notifications on the screen by their ID, with the topics for which there is no newer one. */
  readonly #shown = new Map<string, { kind: DueNotification['kind']; topics: ReadonlySet<string> }>();
  /** By the ID of the notification. A person may click on it before the system reports that it is shown. */
  readonly #clicks = new Map<string, ScreenNotification['click']>();
  #groups = 0;
  /** Called when a person clicks on a notification. */
  onActivate: (profileId: string, action: AlertAction) => void = () => {};

  constructor(notifier: Notifier) {
    this.#notifier = notifier;
    notifier.onActivated((id) => {
      const click = this.#clicks.get(id);
      if (click) this.onActivate(click.profileId, click.action);
    });
  }

  /** The notification for a group. `at` is trusted time in ms. */
  make(group: Group, at: number): ScreenNotification {
    const [first, ...others] = group;
    const { alert, kind } = first;
    const isCause = kind === 'cause';
    const isOne = group.length === 1;
    const alerts = [alert, ...others.map((other) => other.alert)] as const;
    const said = isCause
      ? isOne
        ? words.alerts.cause(alert, at)
        : words.alerts.causeOfMany(alerts, at)
      : { ...words.alerts.backToNormal(alerts, topicOf(alert.cause)), action: null };
    const { title, body, action: actionLabel } = said;
    // Another group may need the same while this one still does.
    const id = isOne ? topicKeyOf(alert) : `together/${needOf(first)}/${(this.#groups += 1)}`;
    const urgent = group.some((notification) => notification.kind === 'cause' && notification.level > 1);
    return {
      notification: { id, ...shown({ title, body, actionLabel }), urgent },
      kind,
      topics: alerts.map(topicKeyOf),
      click: {
        profileId: alert.profileId,
        action: !isOne ? 'show_servers' : isCause ? actionOf(alert) : 'open_license',
      },
    };
  }

  /** Failure: `notification_not_shown`. */
  async show({ notification, click }: ScreenNotification): Promise<Result<null>> {
    const { id } = notification;
    this.#clicks.set(id, click);
    const outcome = await this.#notifier.show(notification);
    if (!outcome.ok && !this.#shown.has(id)) this.#forget(id);
    return outcome;
  }

  /** Call when a notification was shown and the ledger has it. Closes those that it replaces. */
  replaceBy({ notification: { id }, kind, topics }: ScreenNotification): void {
    const replaced = new Set(topics);
    // The notifier has replaced the one with the same ID.
    this.#shown.delete(id);
    this.#keep((topic) => !replaced.has(topic));
    this.#shown.set(id, { kind, topics: replaced });
  }

  /** Closes what is no longer true: each cause has ended or its server is gone. `ledger` is that of the screen. */
  closeEnded(ledger: Ledger): void {
    const known = new Set<string>();
    const open = new Set<string>();
    for (const { alert, open: isOpen } of Object.values(ledger)) {
      known.add(topicKeyOf(alert));
      if (isOpen) open.add(topicKeyOf(alert));
    }
    this.#keep((topic, kind) => (kind === 'cause' ? open : known).has(topic));
  }

  #keep(isLeft: (topic: string, kind: DueNotification['kind']) => boolean): void {
    for (const [id, { kind, topics }] of this.#shown) {
      const left = new Set([...topics].filter((topic) => isLeft(topic, kind)));
      if (left.size > 0) this.#shown.set(id, { kind, topics: left });
      else this.#forget(id);
    }
  }

  #forget(id: string): void {
    this.#shown.delete(id);
    this.#clicks.delete(id);
    this.#notifier.close(id);
  }
}

/** Notifications of many servers that need the same are one group. Each other one is alone. The order stays. */
export function together(ready: readonly DueNotification[]): readonly Group[] {
  const groups = new Map<string, [DueNotification, ...DueNotification[]]>();
  for (const notification of ready) {
    const group = groups.get(needOf(notification));
    if (group) group.push(notification);
    else groups.set(needOf(notification), [notification]);
  }
  return ready.flatMap((notification): readonly Group[] => {
    const group = groups.get(needOf(notification)) ?? [notification];
    if (group.length < fewestTogether) return [[notification]];
    return group[0] === notification ? [group] : [];
  });
}

const needOf = (notification: DueNotification): string =>
  notification.kind === 'cause'
    ? `${notification.alert.cause} ${needsConnection(notification.alert)}`
    : `back ${notification.topic}`;
