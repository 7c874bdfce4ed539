import {
  actionOf,
  type AlertAction,
  type AlertCause,
  type AlertView,
  type AdministratorNoticeState,
  type NotificationSettingsView,
  topicOf,
} from '../../src-shared/notifications/alert.ts';
import { doubtOf } from '../../src-shared/license/license-status.ts';
import { present } from '../../src-shared/present.ts';
import type { QuietHours } from '../../src-shared/notifications/quiet-hours.ts';
import type { Result } from '../../src-shared/result.ts';
import { shown } from '../../src-shared/text/shown-text.ts';
import { words } from '../../src-shared/words/words.ts';
import type { TrustedTime } from '../time/trusted-time.ts';
import type { AdministratorEvent, AdministratorNotice } from './administrator-notice.ts';
import type { Clock } from '../ports/clock.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { Notifier } from './notifier.ts';
import type { Timer } from '../ports/timer.ts';
import { administratorEvent } from './administrator-event.ts';
import { localDay, nextDayAt } from './local-day.ts';
import { alertsOf, keyOf, type AlertStanding, snoozedOf, topicKeyOf } from './notification-causes.ts';
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

export interface NotificationServiceDeps {
  /** The current state of all servers. */
  readonly standings: () => readonly AlertStanding[];
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

interface Offer {
  readonly event: AdministratorEvent;
  /** The local day on which the offer was made. */
  readonly day: string;
  readonly tries: number;
}

type Way = 'screen' | 'administrator';

const lookAgainMs = 60_000;
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
  #cancelLook: () => void = () => {};
  /** The notifications that are in progress or failed within this minute, by way and key. */
  readonly #busy = new Set<string>();
  /** The notifications that wait for a refresh, by way and key, with the monotonic time at which the wait began. */
  readonly #heldSince = new Map<string, number>();
  /** The events that an administrator's program has not accepted, by {@link offerName}. */
  readonly #offered = new Map<string, Offer>();
  readonly #activations = new Map<string, { profileId: string; action: AlertAction }>();
  #lastShown = true;
  #administrator: AdministratorNoticeState;
  /** Called when a person clicks on a notification. */
  onActivate: (profileId: string, action: AlertAction) => void = () => {};

  constructor(deps: NotificationServiceDeps) {
    this.#deps = deps;
    this.#notified = readNotificationsDocument(deps.documents);
    // The file itself is read in `begin`, so as not to delay the first paint.
    this.#administrator = { state: 'none', file: deps.administrator.file };
    deps.notifier.onActivated((id) => {
      const activation = this.#activations.get(id);
      if (activation) this.onActivate(activation.profileId, activation.action);
    });
  }

  /** Starts notifying people. Called only after the start, or people would be notified of problems that the first refresh solves. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#look();
  }

  stop(): void {
    this.#begun = false;
    this.#cancelLook();
  }

  /** Call when something may have changed. */
  evaluate(): void {
    if (!this.#begun) return;
    const standings = this.#deps.standings();
    this.#forgetRemovedServers(standings);
    this.#notifyBy('screen', standings, { quietHours: this.#deps.quietHours(), snoozed: this.#notified.snoozed });
    if (this.#administrator.state === 'set') this.#notifyBy('administrator', standings, noMuting);
  }

  /** Call when the network or a server is back. Events that an administrator's program did not accept are offered again. */
  connectionIsBack(): void {
    for (const [name, offer] of this.#offered) this.#offered.set(name, { ...offer, tries: 0 });
    this.evaluate();
  }

  /** The alerts of all servers for the screen, most urgent first. A snooze or quiet hours do not hide them there. */
  alerts(): readonly AlertView[] {
    const { at } = this.#now();
    const today = localDay(at);
    return alertsOf(this.#deps.standings()).map((alert) => {
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
    const today = localDay(this.#now().at);
    const found = alertsOf(this.#deps.standings()).find(
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

  #look(): void {
    this.#cancelLook = this.#deps.timer.schedule(lookAgainMs, () => this.#look());
    this.#readAdministrator();
    for (const key of this.#busy) if (key.startsWith('failed ')) this.#busy.delete(key);
    this.evaluate();
  }

  #readAdministrator(): void {
    const before = this.#administrator;
    this.#administrator = this.#deps.administrator.read();
    if (JSON.stringify(before) === JSON.stringify(this.#administrator)) return;
    this.#deps.onAdministratorNotice(this.#administrator);
    this.#deps.onChanged();
  }

  #notifyBy(way: Way, standings: readonly AlertStanding[], muting: Muting): void {
    const now = this.#now();
    const due = dueNotifications(alertsOf(standings), this.#notified[way], muting, now, licensedOf(standings));
    if (way === 'administrator') this.#keepOffers(due);
    const held = new Map<string, number>();
    for (const notification of due) {
      if (isInDoubt(notification, standings)) continue;
      const name = `${way} ${notification.key}`;
      const sinceMs = this.#heldSince.get(name) ?? now.monotonicMs;
      if (isBeingSettled(notification, standings, now.at) && now.monotonicMs - sinceMs < longestHoldMs)
        held.set(name, sinceMs);
      else void this.#notify(way, notification, standings, now);
    }
    for (const name of this.#heldSince.keys())
      if (name.startsWith(way) && !held.has(name)) this.#heldSince.delete(name);
    for (const [name, sinceMs] of held) this.#heldSince.set(name, sinceMs);
  }

  async #notify(way: Way, notification: DueNotification, standings: readonly AlertStanding[], now: Now): Promise<void> {
    const name = `${way} ${notification.kind} ${notification.key}`;
    if (this.#busy.has(name) || this.#busy.has(`failed ${name}`)) return;
    this.#busy.add(name);
    const underWay =
      way === 'screen' ? this.#show(notification, now) : this.#notifyAdministrator(notification, standings, now);
    // After an error the notification counts as not sent, and is tried again within a minute.
    const notified = await underWay.catch(() => false);
    this.#busy.delete(name);
    if (notified) {
      this.#keep({ ...this.#notified, [way]: afterNotified(this.#notified[way], notification, now) });
      // Changes during the notification were not evaluated for this way.
      this.evaluate();
    } else this.#busy.add(`failed ${name}`);
  }

  async #show(notification: DueNotification, { at }: Now): Promise<boolean> {
    const { alert } = notification;
    // Later notifications about the same topic replace this one.
    const id = topicKeyOf(alert);
    const isCause = notification.kind === 'cause';
    const { title, body, action } = isCause
      ? words.alerts.cause(alert, at)
      : { ...words.alerts.backToNormal(alert, notification.topic), action: null };
    this.#activations.set(id, {
      profileId: alert.profileId,
      action: isCause ? actionOf(alert) : 'open_license',
    });
    const urgent = isCause && notification.level > 1;
    const outcome = await this.#deps.notifier.show({ id, ...shown({ title, body, actionLabel: action }), urgent });
    this.#noteShown(outcome.ok);
    return outcome.ok;
  }

  /** True if the program accepted the event. Otherwise it counts as not sent, however often it was tried. */
  async #notifyAdministrator(
    notification: DueNotification,
    standings: readonly AlertStanding[],
    { at }: Now,
  ): Promise<boolean> {
    const name = offerName(notification);
    const day = localDay(at);
    const before = this.#offered.get(name);
    const standing = standings.find(({ profileId }) => profileId === notification.alert.profileId);
    // Within a day the same event is offered again, so that a receiver can recognize a repetition. A new day gets a new event.
    const offer =
      before?.day === day ? before : { event: administratorEvent(notification, standing, at), day, tries: 0 };
    if (offer.tries >= administratorTries) return false;
    this.#offered.set(name, offer);
    const notified = await this.#deps.administrator.tell(offer.event);
    const { tries } = this.#offered.get(name) ?? offer;
    if (notified.ok) this.#offered.delete(name);
    else this.#offered.set(name, { ...offer, tries: tries + 1 });
    return notified.ok;
  }

  /** Drops offers that are no longer due, because the cause is over or has become worse. */
  #keepOffers(due: readonly DueNotification[]): void {
    const names = new Set(due.map(offerName));
    for (const name of this.#offered.keys()) if (!names.has(name)) this.#offered.delete(name);
  }

  #forgetRemovedServers(standings: readonly AlertStanding[]): void {
    const known = new Set(standings.map(({ profileId }) => profileId));
    const licensed = licensedOf(standings);
    const screen = withoutRemovedServers(this.#notified.screen, known, licensed);
    const administrator = withoutRemovedServers(this.#notified.administrator, known, licensed);
    this.#notified = { screen, administrator, snoozed: snoozedOf(known, this.#notified.snoozed) };
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
 * May a refresh solve the cause in a moment? Either one is in progress, or a first attempt follows within the next minute, as after waking
 * up. The notification then waits for its result.
 */
function isBeingSettled({ kind, alert }: DueNotification, standings: readonly AlertStanding[], at: number): boolean {
  if (kind !== 'cause' || topicOf(alert.cause) !== 'token') return false;
  const { refresh } = standings.find(({ profileId }) => profileId === alert.profileId) ?? {};
  if (!refresh) return false;
  const isFirstTry =
    refresh.lastFailure === undefined && (refresh.nextRefreshAt ?? Number.POSITIVE_INFINITY) <= at + lookAgainMs;
  return refresh.refreshing || isFirstTry;
}

/** Does the notification report a clock as right again while a clock is still in doubt? */
function isInDoubt(notification: DueNotification, standings: readonly AlertStanding[]): boolean {
  if (notification.kind === 'cause' || notification.topic !== 'clock') return false;
  return standings.some(({ clock }) => doubtOf(clock) !== undefined);
}

/** Contains the level, since a cause that became worse is a new offer. */
const offerName = (notification: DueNotification): string =>
  `${notification.kind} ${notification.key} ${notification.kind === 'cause' ? notification.level : ''}`;

function licensedOf(standings: readonly AlertStanding[]): ReadonlySet<string> {
  return new Set(standings.filter(({ license }) => license !== null).map(({ profileId }) => profileId));
}
