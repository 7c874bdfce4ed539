import {
  type Alert,
  type AlertAction,
  type AlertCause,
  type AlertView,
  type AdministratorNoticeState,
  type NotificationSettingsView,
  thisComputer,
  topicOf,
} from '../../src-shared/notifications/alert.ts';
import { doubtOf } from '../../src-shared/license/license-status.ts';
import { present } from '../../src-shared/present.ts';
import type { QuietHours } from '../../src-shared/notifications/quiet-hours.ts';
import type { Result } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import type { TrustedTime } from '../time/trusted-time.ts';
import type { AdministratorEvent, AdministratorNotice } from './administrator-notice.ts';
import type { Clock } from '../ports/clock.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { Notifier } from './notifier.ts';
import type { Timer } from '../ports/timer.ts';
import { administratorEvent } from './administrator-event.ts';
import { DeliveryQueue } from './delivery-queue.ts';
import { notificationDay, nextDayAt } from './local-day.ts';
import { alertsOf, causesOf, keyOf, type AlertStanding, snoozedOf, topicKeyOf } from './notification-causes.ts';
import {
  withoutRemovedServers,
  afterNotified,
  dueNotifications,
  type Muting,
  levelOf,
  type Now,
  type DueNotification,
} from './notification-rules.ts';
import {
  readNotificationsDocument,
  type NotificationsDocument,
  writeNotificationsDocument,
} from './notifications-document.ts';
import { ScreenNotifications, type ScreenNotification, together } from './screen-notifications.ts';

interface NotificationServiceDeps {
  /** The current state of all servers. */
  readonly standings: () => readonly AlertStanding[];
  /** The alerts about this computer that do not depend on any server. */
  readonly ofComputer: () => readonly Alert[];
  readonly quietHours: () => QuietHours;
  readonly notifier: Notifier;
  readonly administrator: AdministratorNotice;
  readonly documents: DocumentStore;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly trustedTime: Pick<TrustedTime, 'evaluate'>;
  /** The administrator's setting was read and has changed. */
  readonly onAdministratorNotice: (state: AdministratorNoticeState) => void;
  readonly onChanged: () => void;
}

/** An event that an administrator's program has not accepted yet. */
interface PendingDelivery {
  readonly event: AdministratorEvent;
  /** The local day on which the event was made. */
  readonly day: string;
  readonly tries: number;
}

type Channel = 'screen' | 'administrator';

const tickMs = 60_000;
/** How long a notification waits at most for a refresh that may solve its cause. */
const longestHoldMs = 3 * 60_000;
/**
 * How often an event is offered to an administrator's program that does not accept it, one minute apart. After that it is offered again
 * when the connection is back, and on the next day.
 */
const administratorTries = 5;
const noMuting: Muting = { quietHours: { on: false, from: '00:00', to: '00:00' }, snoozed: {} };
const testId = 'test';

/**
 * Notifies people about their servers in two ways: by the system's notifications, which quiet hours and a snooze can delay, and by the
 * administrator's command or address, which they do not delay. A notification that could not be delivered counts as not sent.
 */
export class NotificationService {
  readonly #deps: NotificationServiceDeps;
  #notified: NotificationsDocument;
  #begun = false;
  #cancelTick: () => void = () => {};
  /** The notifications in progress, by {@link deliveryName}. */
  readonly #inProgress = new Set<string>();
  /** The notifications that failed within this minute, by {@link deliveryName}. */
  readonly #failedThisMinute = new Set<string>();
  /** The notifications that wait for a refresh, by channel and key, with the monotonic time at which the wait began. */
  readonly #heldSince = new Map<string, number>();
  /** By {@link pendingName}. */
  readonly #pending = new Map<string, PendingDelivery>();
  readonly #deliveries = new DeliveryQueue();
  readonly #screen: ScreenNotifications;
  #lastShown = true;
  #administrator: AdministratorNoticeState;

  constructor(deps: NotificationServiceDeps) {
    this.#deps = deps;
    this.#notified = readNotificationsDocument(deps.documents);
    // The file itself is read in `begin`, so as not to delay the first paint.
    this.#administrator = { state: 'none', file: deps.administrator.file };
    this.#screen = new ScreenNotifications(deps.notifier);
  }

  /** Called when a person clicks on a notification. */
  set onActivate(listener: (profileId: string, action: AlertAction) => void) {
    this.#screen.onActivate = listener;
  }

  /** Starts notifying people. Called only after the start, or people would be notified of problems that the first refresh solves. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#tick();
  }

  stop(): void {
    this.#begun = false;
    this.#cancelTick();
  }

  /** Call when something may have changed. */
  evaluate(): void {
    if (!this.#begun) return;
    const standings = this.#deps.standings();
    this.#forgetRemovedServers(standings);
    this.#screen.closeEnded(this.#notified.screen);
    this.#notifyBy('screen', standings, { quietHours: this.#deps.quietHours(), snoozed: this.#notified.snoozed });
    if (this.#administrator.state === 'set') this.#notifyBy('administrator', standings, noMuting);
  }

  /** Call when the network or a server is back. Events that an administrator's program did not accept are offered again. */
  connectionIsBack(): void {
    for (const [name, pending] of this.#pending) this.#pending.set(name, { ...pending, tries: 0 });
    this.evaluate();
  }

  /** The alerts of all servers for the screen, most urgent first. A snooze or quiet hours do not hide them there. */
  alerts(): readonly AlertView[] {
    const { at } = this.#now();
    const today = notificationDay(at);
    return this.#alertsOf(this.#deps.standings()).map((alert) => {
      const mayBeSnoozed = levelOf(alert, at) === 1;
      const isSnoozed = mayBeSnoozed && this.#notified.snoozed[keyOf(alert)] === today;
      return present({ ...alert, at, mayBeSnoozed, snoozedUntil: isSnoozed ? nextDayAt(at) : undefined });
    });
  }

  settings(): NotificationSettingsView {
    const { notifier, quietHours } = this.#deps;
    return {
      quietHours: quietHours(),
      canBeShown: notifier.supported && this.#lastShown,
      administrator: this.#administrator,
    };
  }

  /** Snoozes a cause until tomorrow, unless it becomes urgent before that. */
  snooze(profileId: string, cause: AlertCause): void {
    const today = notificationDay(this.#now().at);
    const found = this.#alertsOf(this.#deps.standings()).find(
      (alert) => alert.profileId === profileId && alert.cause === cause,
    );
    if (!found) return;
    const others = Object.entries(this.#notified.snoozed).filter(([, day]) => day === today);
    this.#keep({ ...this.#notified, snoozed: { ...Object.fromEntries(others), [keyOf(found)]: today } });
    this.#deps.onChanged();
  }

  /** Call when a server was forgotten. Deletes what people were notified of about it. False if that could not be written. */
  serverForgotten(): boolean {
    this.#forgetRemovedServers(this.#deps.standings());
    return this.#keep(this.#notified);
  }

  /** Shows a notification to test that notifications work. Failure: `notification_not_shown`. */
  async showTest(): Promise<Result<null>> {
    const { title, body } = words.alerts.test;
    const outcome = await this.#deps.notifier.show({ id: testId, title, body, actionLabel: null, urgent: false });
    this.#noteShown(outcome.ok);
    return outcome;
  }

  #tick(): void {
    this.#cancelTick = this.#deps.timer.schedule(tickMs, () => this.#tick());
    this.#readAdministrator();
    this.#failedThisMinute.clear();
    this.evaluate();
  }

  #readAdministrator(): void {
    const before = this.#administrator;
    this.#administrator = this.#deps.administrator.read();
    if (JSON.stringify(before) === JSON.stringify(this.#administrator)) return;
    this.#deps.onAdministratorNotice(this.#administrator);
    this.#deps.onChanged();
  }

  #notifyBy(channel: Channel, standings: readonly AlertStanding[], muting: Muting): void {
    const now = this.#now();
    const due = dueNotifications(
      this.#alertsOf(standings),
      this.#notified[channel],
      muting,
      now,
      licensedOf(standings),
    );
    if (channel === 'administrator') this.#keepPending(due);
    const held = new Map<string, number>();
    const ready: DueNotification[] = [];
    for (const notification of due) {
      if (isTooEarly(notification, standings)) continue;
      const name = `${channel} ${notification.key}`;
      const sinceMs = this.#heldSince.get(name) ?? now.monotonicMs;
      if (isBeingSettled(notification, standings, now.at) && now.monotonicMs - sinceMs < longestHoldMs)
        held.set(name, sinceMs);
      else if (!this.#isBusy(deliveryName(channel, notification))) ready.push(notification);
    }
    for (const name of this.#heldSince.keys())
      if (name.startsWith(channel) && !held.has(name)) this.#heldSince.delete(name);
    for (const [name, sinceMs] of held) this.#heldSince.set(name, sinceMs);
    if (channel === 'screen')
      for (const group of together(ready)) {
        const made = this.#screen.make(group, now.at);
        const replaced = () => this.#screen.replaceBy(made);
        void this.#notify(channel, group, now, () => this.#show(made), replaced);
      }
    else
      for (const one of ready)
        void this.#notify(channel, [one], now, () => this.#notifyAdministrator(one, standings, now));
  }

  #isBusy(name: string): boolean {
    return this.#inProgress.has(name) || this.#failedThisMinute.has(name);
  }

  async #notify(
    channel: Channel,
    notifications: readonly DueNotification[],
    now: Now,
    deliver: () => Promise<boolean>,
    onNotified = () => {},
  ): Promise<void> {
    const names = notifications.map((notification) => deliveryName(channel, notification));
    for (const name of names) this.#inProgress.add(name);
    // After an error the notification counts as not sent, and is tried again within a minute.
    const notified = await deliver().catch(() => false);
    for (const name of names) this.#inProgress.delete(name);
    if (notified) {
      const ledger = notifications.reduce((kept, each) => afterNotified(kept, each, now), this.#notified[channel]);
      this.#keep({ ...this.#notified, [channel]: ledger });
      onNotified();
      // Changes during the notification were not evaluated for this channel.
      this.evaluate();
    } else for (const name of names) this.#failedThisMinute.add(name);
  }

  async #show(made: ScreenNotification): Promise<boolean> {
    const outcome = await this.#screen.show(made);
    this.#noteShown(outcome.ok);
    return outcome.ok;
  }

  /** True if the program accepted the event. Otherwise it counts as not sent, however often it was tried. */
  async #notifyAdministrator(
    notification: DueNotification,
    standings: readonly AlertStanding[],
    { at }: Now,
  ): Promise<boolean> {
    const name = pendingName(notification);
    const day = notificationDay(at);
    const before = this.#pending.get(name);
    const standing = standings.find(({ profileId }) => profileId === notification.alert.profileId);
    // Within a day the same event is offered again, so that a receiver can recognize a repetition. A new day gets a new event.
    const pending =
      before?.day === day ? before : { event: administratorEvent(notification, standing, at), day, tries: 0 };
    if (pending.tries >= administratorTries) return false;
    this.#pending.set(name, pending);
    const level = notification.kind === 'cause' ? notification.level : 1;
    return this.#deliveries.run(topicKeyOf(notification.alert), level, () => this.#deliver(name));
  }

  /** Hands the event to the program, unless it stopped being due while it waited for its turn. */
  async #deliver(name: string): Promise<boolean> {
    const { event } = this.#pending.get(name) ?? {};
    if (!event) return false;
    const notified = await this.#deps.administrator.send(event);
    const pending = this.#pending.get(name);
    if (notified.ok) this.#pending.delete(name);
    else if (pending) this.#pending.set(name, { ...pending, tries: pending.tries + 1 });
    return notified.ok;
  }

  /** Drops what is no longer due, because the cause is over or has become worse. */
  #keepPending(due: readonly DueNotification[]): void {
    const names = new Set(due.map(pendingName));
    for (const name of this.#pending.keys()) if (!names.has(name)) this.#pending.delete(name);
  }

  #forgetRemovedServers(standings: readonly AlertStanding[]): void {
    const known = new Set([thisComputer, ...standings.map(({ profileId }) => profileId)]);
    const licensed = licensedOf(standings);
    const screen = withoutRemovedServers(this.#notified.screen, known, licensed);
    const administrator = withoutRemovedServers(this.#notified.administrator, known, licensed);
    this.#notified = { screen, administrator, snoozed: snoozedOf(known, this.#notified.snoozed) };
  }

  #alertsOf(standings: readonly AlertStanding[]): readonly Alert[] {
    return alertsOf(standings, this.#deps.ofComputer());
  }

  #noteShown(shown: boolean): void {
    if (shown === this.#lastShown) return;
    this.#lastShown = shown;
    this.#deps.onChanged();
  }

  #keep(notified: NotificationsDocument): boolean {
    this.#notified = notified;
    return writeNotificationsDocument(this.#deps.documents, notified).ok;
  }

  #now(): Now {
    return { at: this.#deps.trustedTime.evaluate().judgedAt, monotonicMs: this.#deps.clock.monotonicNow() };
  }
}

/**
 * May a refresh solve the cause in a moment? Either one is in progress, or a first attempt follows within the next minute, for example
 * after the computer woke up. The notification then waits for its result.
 */
function isBeingSettled({ kind, alert }: DueNotification, standings: readonly AlertStanding[], at: number): boolean {
  if (kind !== 'cause' || topicOf(alert.cause) !== 'token') return false;
  const { refresh } = standings.find(({ profileId }) => profileId === alert.profileId) ?? {};
  if (!refresh) return false;
  const isFirstTry =
    refresh.lastFailure === undefined && (refresh.nextRefreshAt ?? Number.POSITIVE_INFINITY) <= at + tickMs;
  return refresh.refreshing || isFirstTry;
}

/**
 * Does the notification report a clock as right again while it is wrong or still in doubt? Or a server as back to normal once its time is
 * confirmed, while what had ended by the clock has ended?
 */
function isTooEarly({ kind, alert }: DueNotification, standings: readonly AlertStanding[]): boolean {
  if (kind === 'cause' || topicOf(alert.cause) !== 'clock') return false;
  if (standings.some(({ clock }) => clock.state === 'wrong' || doubtOf(clock) !== undefined)) return true;
  if (alert.cause !== 'clock_unconfirmed') return false;
  const own = standings.filter(({ profileId }) => profileId === alert.profileId).flatMap(causesOf);
  return own.some(({ cause, tone }) => tone === 'critical' && ['token', 'renewal'].includes(topicOf(cause)));
}

const deliveryName = (channel: Channel, notification: DueNotification): string =>
  `${channel} ${pendingName(notification)}`;

/** Contains the level, since a cause that became worse is a new event, which does not wait for the old one. */
const pendingName = (notification: DueNotification): string =>
  `${notification.kind} ${notification.key} ${notification.kind === 'cause' ? notification.level : ''}`;

/** What can be back to normal: the servers with a license, and this computer. */
function licensedOf(standings: readonly AlertStanding[]): ReadonlySet<string> {
  const licensed = standings.filter(({ license }) => license !== null);
  return new Set([thisComputer, ...licensed.map(({ profileId }) => profileId)]);
}
