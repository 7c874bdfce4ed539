import { type Alert, type AlertTopic, topicOf } from '../../src-shared/notifications/alert.ts';
import type { QuietHours } from '../../src-shared/notifications/quiet-hours.ts';
import { isQuiet, notificationDay } from './local-day.ts';
import { keyOf, topicKeyOf } from './notification-causes.ts';

/** The urgency of a cause. 1: it can wait. 2: something stops within 24 hours. 3: it has stopped. */
type Level = 1 | 2 | 3;

/** One day on which people were notified of a cause. */
interface NotifiedDay {
  readonly day: string;
  /** The highest level in a notification. */
  readonly level: Level;
  /** How often people were notified again because the cause came back after a notification that it was over. */
  readonly again: number;
}

/** The notifications about one cause. */
interface NotifiedCause {
  readonly alert: Alert;
  /** True if people were notified of the cause, but not yet of its end. */
  readonly open: boolean;
  /** The last days with a notification, the newest at the end. */
  readonly days: readonly NotifiedDay[];
  /** When people were notified within the last 24 hours, in monotonic ms of this process. */
  readonly notifiedMs: readonly number[];
}

/** The notifications so far, by {@link keyOf}. */
export type Ledger = Readonly<Record<string, NotifiedCause>>;

/** A notification that is due now. */
export type DueNotification =
  | { readonly kind: 'cause'; readonly key: string; readonly alert: Alert; readonly level: Level }
  | { readonly kind: 'back_to_normal'; readonly key: string; readonly alert: Alert; readonly topic: AlertTopic };

/** Trusted time, and monotonic time, which setting the clock does not move. Both in ms. */
export interface Now {
  readonly at: number;
  readonly monotonicMs: number;
}

/** When, and about what, people do not want to be disturbed. */
export interface Muting {
  readonly quietHours: QuietHours;
  /** By {@link keyOf}: the local day for which a person has snoozed the cause. */
  readonly snoozed: Readonly<Record<string, string>>;
}

const dayMs = 86_400_000;
/** Several days are kept, so that a clock that jumps back and forth does not repeat notifications. */
const daysKept = 8;
/** How many more notifications an urgent cause may give if it ends and comes back on the same day. Other causes give none. */
const maxRepeatsPerDay = 1;
/** The most notifications of one cause within 24 hours of monotonic time, even if the clock jumps. */
export const maxNotificationsPerCause = 12;

/**
 * A local license API that is down cannot wait: a POS server misses it as soon as it needs its next token. It also misses the license of
 * a server whose settings were lost. What has ended by a clock that
 * may be right counts as stopped, and what ends within 24 hours by that clock counts as such.
 */
export function levelOf({ cause, tone, stopsAt, clockAt }: Alert, trustedAt: number): Level {
  const at = clockAt ?? trustedAt;
  if (cause === 'local_api_down' || cause === 'settings_lost') return 2;
  if (cause === 'clock_unconfirmed' && tone === 'critical') return 3;
  if (stopsAt === undefined || at < stopsAt - dayMs) return 1;
  return at < stopsAt ? 2 : 3;
}

/**
 * The notifications that are due now. A cause gives one per local day, and another one if it becomes worse. In the last 24 hours
 * before something stops, neither quiet hours nor a snooze delay a notification. A topic is reported back to normal once, after the
 * last of the causes that people were notified of has ended. `licensed` holds the profile IDs of servers with a license. For other servers,
 * no back-to-normal message is due.
 */
export function dueNotifications(
  alerts: readonly Alert[],
  ledger: Ledger,
  muting: Muting,
  now: Now,
  licensed: ReadonlySet<string>,
): readonly DueNotification[] {
  const causes = alerts
    .map((alert): DueNotification => ({ kind: 'cause', key: keyOf(alert), alert, level: levelOf(alert, now.at) }))
    .filter(
      (notification) => notification.kind === 'cause' && isDue(notification, ledger[notification.key], muting, now),
    );
  return isQuiet(muting.quietHours, now.at) ? causes : [...causes, ...dueBacks(alerts, ledger, now, licensed)];
}

function isDue(
  { key, level }: Extract<DueNotification, { kind: 'cause' }>,
  notified: NotifiedCause | undefined,
  muting: Muting,
  now: Now,
): boolean {
  const day = notificationDay(now.at);
  const isHeld = level === 1 && (muting.snoozed[key] === day || isQuiet(muting.quietHours, now.at));
  if (isHeld || isTooMuch(notified, now)) return false;
  const today = notified?.days.find((entry) => entry.day === day);
  if (!today || level > today.level) return true;
  return notified?.open === false && level > 1 && today.again < maxRepeatsPerDay;
}

function dueBacks(
  alerts: readonly Alert[],
  ledger: Ledger,
  now: Now,
  licensed: ReadonlySet<string>,
): readonly DueNotification[] {
  const present = new Set(alerts.map(topicKeyOf));
  const backs = new Map<string, DueNotification>();
  for (const notified of Object.values(ledger)) {
    const { alert } = notified;
    const key = topicKeyOf(alert);
    if (!notified.open || present.has(key) || !licensed.has(alert.profileId) || isTooMuch(notified, now)) continue;
    // If the cause has already come back today, the warning stays the last message of the day.
    const today = notified.days.find(({ day }) => day === notificationDay(now.at));
    if (today && today.again >= maxRepeatsPerDay) continue;
    backs.set(key, { kind: 'back_to_normal', key, alert, topic: topicOf(alert.cause) });
  }
  return [...backs.values()];
}

function isTooMuch(notified: NotifiedCause | undefined, { monotonicMs }: Now): boolean {
  return recent(notified, monotonicMs).length >= maxNotificationsPerCause;
}

function recent(notified: NotifiedCause | undefined, monotonicMs: number): readonly number[] {
  return (notified?.notifiedMs ?? []).filter((notifiedMs) => monotonicMs - notifiedMs < dayMs);
}

/** The ledger after this notification. */
export function afterNotified(ledger: Ledger, notification: DueNotification, now: Now): Ledger {
  if (notification.kind === 'back_to_normal') {
    const closed = Object.entries(ledger).filter(
      ([, { open, alert }]) => open && topicKeyOf(alert) === notification.key,
    );
    return { ...ledger, ...Object.fromEntries(closed.map(([key, notified]) => [key, close(notified, now)])) };
  }
  const notified = ledger[notification.key];
  const day = notificationDay(now.at);
  const before = notified?.days.find((entry) => entry.day === day);
  const isAgain = before !== undefined && notified?.open === false && notification.level <= before.level;
  const today = {
    day,
    level: Math.max(notification.level, before?.level ?? 1) as Level,
    again: (before?.again ?? 0) + (isAgain ? 1 : 0),
  };
  const days = [...(notified?.days ?? []).filter((entry) => entry.day !== day), today].slice(-daysKept);
  const notifiedMs = [...recent(notified, now.monotonicMs), now.monotonicMs];
  return { ...ledger, [notification.key]: { alert: notification.alert, open: true, days, notifiedMs } };
}

function close(notified: NotifiedCause, { monotonicMs }: Now): NotifiedCause {
  return { ...notified, open: false, notifiedMs: [...recent(notified, monotonicMs), monotonicMs] };
}

/** The ledger without removed servers. Causes of servers without a license are closed, since they can no longer return to normal. */
export function withoutRemovedServers(
  ledger: Ledger,
  known: ReadonlySet<string>,
  licensed: ReadonlySet<string>,
): Ledger {
  const kept = Object.entries(ledger)
    .filter(([, { alert }]) => known.has(alert.profileId))
    .map(([key, notified]) => [key, licensed.has(notified.alert.profileId) ? notified : { ...notified, open: false }]);
  return Object.fromEntries(kept);
}
