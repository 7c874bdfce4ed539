import {
  actionOf,
  type AlertAction,
  type AlertCause,
  type AlertView,
  type AdministratorNoticeState,
  type NotificationSettingsView,
  topicOf,
} from '../../src-shared/alert.ts';
import { doubtOf } from '../../src-shared/license-status.ts';
import type { QuietHours } from '../../src-shared/quiet-hours.ts';
import type { Result } from '../../src-shared/result.ts';
import { shown } from '../../src-shared/shown-text.ts';
import { words } from '../../src-shared/words/words.ts';
import type { TrustedTime } from '../license/trusted-time.ts';
import type { AdministratorEvent, AdministratorNotice } from '../ports/administrator-notice.ts';
import type { Clock } from '../ports/clock.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Timer } from '../ports/timer.ts';
import { administratorEvent } from './administrator-event.ts';
import { localDay, nextDayAt } from './local-day.ts';
import { alertsOf, keyOf, type ServerStanding, topicKeyOf } from './notification-causes.ts';
import { afterLeft, afterTold, dueTellings, type Hush, levelOf, type Now, type Telling } from './notification-rules.ts';
import { readTold, type ToldDocument, writeTold } from './told-document.ts';

export interface TellPeopleDeps {
  /** How all servers stand now. */
  readonly standings: () => readonly ServerStanding[];
  readonly quietHours: () => QuietHours;
  readonly notifier: Notifier;
  readonly administrator: AdministratorNotice;
  readonly documents: DocumentStore;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly trustedTime: Pick<TrustedTime, 'evaluate'>;
  /** Somebody clicked on a notification. */
  readonly onActivate: (profileId: string, action: AlertAction) => void;
  /** What an administrator has set was read, and it is another than before. */
  readonly onAdministratorNotice: (state: AdministratorNoticeState) => void;
  readonly onChanged: () => void;
}

interface Offer {
  readonly event: AdministratorEvent;
  /** The local day on which it was made. */
  readonly day: string;
  readonly tries: number;
}

type Way = 'screen' | 'administrator';

const lookAgainMs = 60_000;
/** A refresh that has not ended by then keeps nobody from being told any more. */
const longestHoldMs = 3 * 60_000;
/**
 * An administrator's program that does not take an event is offered it this often, a minute apart: then again when the
 * connection is back, and on the next day.
 */
const administratorTries = 5;
const undisturbed: Hush = { quietHours: { on: false, from: '00:00', to: '00:00' }, snoozed: {} };
const testId = 'test';

/**
 * Tells people what they should know about their servers: by the system's notifications, which quiet hours and a snooze can
 * hold back, and by what an administrator has set, which they do not hold back. What could not be told counts as not told.
 */
export class TellPeople {
  readonly #deps: TellPeopleDeps;
  #told: ToldDocument;
  #begun = false;
  #cancelLook: () => void = () => {};
  /** What is being told, or failed within this minute, by way and key. */
  readonly #busy = new Set<string>();
  /** What waits for a refresh, by way and key, since when by monotonic time. */
  readonly #heldSince = new Map<string, number>();
  /** What an administrator's program did not take, by {@link offerName}, and how often it was tried. */
  readonly #offered = new Map<string, Offer>();
  readonly #activations = new Map<string, { profileId: string; action: AlertAction }>();
  #lastShown = true;
  #administrator: AdministratorNoticeState;

  constructor(deps: TellPeopleDeps) {
    this.#deps = deps;
    this.#told = readTold(deps.documents);
    // The file itself is read once people are told: nothing for before the first paint.
    this.#administrator = { state: 'none', file: deps.administrator.file };
    deps.notifier.onActivated((id) => {
      const activation = this.#activations.get(id);
      if (activation) deps.onActivate(activation.profileId, activation.action);
    });
  }

  /** From now on people are told. Before that a start would tell of what its first refresh sets right. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#look();
  }

  stop(): void {
    this.#begun = false;
    this.#cancelLook();
  }

  /** Something may have changed. */
  evaluate(): void {
    if (!this.#begun) return;
    const standings = this.#deps.standings();
    this.#forgetLeft(standings);
    this.#tellBy('screen', standings, { quietHours: this.#deps.quietHours(), snoozed: this.#told.snoozed });
    if (this.#administrator.state === 'set') this.#tellBy('administrator', standings, undisturbed);
  }

  /** The network, or a server, is back: what an administrator's program did not take is offered again. */
  connectionIsBack(): void {
    for (const [name, offer] of this.#offered) this.#offered.set(name, { ...offer, tries: 0 });
    this.evaluate();
  }

  /** What should be known about all servers, most urgent first, for the screen: it is shown there in any case. */
  alerts(): readonly AlertView[] {
    const { at } = this.#now();
    const today = localDay(at);
    return alertsOf(this.#deps.standings()).map((alert) => {
      const mayBeSnoozed = levelOf(alert, at) === 1;
      const isSnoozed = mayBeSnoozed && this.#told.snoozed[keyOf(alert)] === today;
      return { ...alert, at, mayBeSnoozed, ...(isSnoozed ? { snoozedUntil: nextDayAt(at) } : {}) };
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

  /** Not to be heard of until tomorrow, unless it becomes urgent before. */
  snooze(profileId: string, cause: AlertCause): void {
    const today = localDay(this.#now().at);
    const found = alertsOf(this.#deps.standings()).find(
      (alert) => alert.profileId === profileId && alert.cause === cause,
    );
    if (!found) return;
    const others = Object.entries(this.#told.snoozed).filter(([, day]) => day === today);
    this.#keep({ ...this.#told, snoozed: { ...Object.fromEntries(others), [keyOf(found)]: today } });
    this.#deps.onChanged();
  }

  /** Shows a notification that says nothing but that notifications are shown. Failure: `notification_not_shown`. */
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

  #tellBy(way: Way, standings: readonly ServerStanding[], hush: Hush): void {
    const now = this.#now();
    const due = dueTellings(alertsOf(standings), this.#told[way], hush, now, licensedOf(standings));
    if (way === 'administrator') this.#keepOffers(due);
    const held = new Map<string, number>();
    for (const telling of due) {
      if (isInDoubt(telling, standings)) continue;
      const name = `${way} ${telling.key}`;
      const sinceMs = this.#heldSince.get(name) ?? now.monotonicMs;
      if (isBeingSettled(telling, standings, now.at) && now.monotonicMs - sinceMs < longestHoldMs)
        held.set(name, sinceMs);
      else void this.#tell(way, telling, standings, now);
    }
    for (const name of this.#heldSince.keys())
      if (name.startsWith(way) && !held.has(name)) this.#heldSince.delete(name);
    for (const [name, sinceMs] of held) this.#heldSince.set(name, sinceMs);
  }

  async #tell(way: Way, telling: Telling, standings: readonly ServerStanding[], now: Now): Promise<void> {
    const name = `${way} ${telling.kind} ${telling.key}`;
    if (this.#busy.has(name) || this.#busy.has(`failed ${name}`)) return;
    this.#busy.add(name);
    const underWay = way === 'screen' ? this.#show(telling, now) : this.#tellAdministrator(telling, standings, now);
    // Whatever is thrown on the way, it is tried again within a minute, as all that could not be told.
    const told = await underWay.catch(() => false);
    this.#busy.delete(name);
    if (told) {
      this.#keep({ ...this.#told, [way]: afterTold(this.#told[way], telling, now) });
      // What changed meanwhile was not looked at on this way.
      this.evaluate();
    } else this.#busy.add(`failed ${name}`);
  }

  async #show(telling: Telling, { at }: Now): Promise<boolean> {
    const { alert } = telling;
    // What is told later of the same matter takes its place.
    const id = topicKeyOf(alert);
    const isCause = telling.kind === 'cause';
    const { title, body, action } = isCause
      ? words.alerts.cause(alert, at)
      : { ...words.alerts.backToNormal(alert, telling.topic), action: null };
    this.#activations.set(id, {
      profileId: alert.profileId,
      action: isCause ? actionOf(alert) : 'open_license',
    });
    const urgent = isCause && telling.level > 1;
    const outcome = await this.#deps.notifier.show({ id, ...shown({ title, body, actionLabel: action }), urgent });
    this.#noteShown(outcome.ok);
    return outcome.ok;
  }

  /** True where it was taken. What was never taken counts as not told, however often it was tried. */
  async #tellAdministrator(telling: Telling, standings: readonly ServerStanding[], { at }: Now): Promise<boolean> {
    const name = offerName(telling);
    const day = localDay(at);
    const before = this.#offered.get(name);
    const standing = standings.find(({ profileId }) => profileId === telling.alert.profileId);
    // Offered again as it was, so that whoever took it already can be told by its being the same; on another day anew.
    const offer = before?.day === day ? before : { event: administratorEvent(telling, standing, at), day, tries: 0 };
    if (offer.tries >= administratorTries) return false;
    this.#offered.set(name, offer);
    const told = await this.#deps.administrator.tell(offer.event);
    const { tries } = this.#offered.get(name) ?? offer;
    if (told.ok) this.#offered.delete(name);
    else this.#offered.set(name, { ...offer, tries: tries + 1 });
    return told.ok;
  }

  /** What is over, or became worse, is not offered any more. */
  #keepOffers(due: readonly Telling[]): void {
    const names = new Set(due.map(offerName));
    for (const name of this.#offered.keys()) if (!names.has(name)) this.#offered.delete(name);
  }

  #forgetLeft(standings: readonly ServerStanding[]): void {
    const known = new Set(standings.map(({ profileId }) => profileId));
    const licensed = licensedOf(standings);
    const screen = afterLeft(this.#told.screen, known, licensed);
    const administrator = afterLeft(this.#told.administrator, known, licensed);
    this.#told = { ...this.#told, screen, administrator };
  }

  #noteShown(shown: boolean): void {
    if (shown === this.#lastShown) return;
    this.#lastShown = shown;
    this.#deps.onChanged();
  }

  #keep(told: ToldDocument): void {
    this.#told = told;
    writeTold(this.#deps.documents, told);
  }

  #now(): Now {
    return { at: this.#deps.trustedTime.evaluate().judgedAt, monotonicMs: this.#deps.clock.monotonicNow() };
  }
}

/**
 * A refresh that is under way, or the first one that comes within a minute, as after waking up, may set a token's matter
 * right in a moment; what comes of it is told then.
 */
function isBeingSettled({ kind, alert }: Telling, standings: readonly ServerStanding[], at: number): boolean {
  if (kind !== 'cause' || topicOf(alert.cause) !== 'token') return false;
  const { refresh } = standings.find(({ profileId }) => profileId === alert.profileId) ?? {};
  if (!refresh) return false;
  const isFirstTry =
    refresh.lastFailure === undefined && (refresh.nextRefreshAt ?? Number.POSITIVE_INFINITY) <= at + lookAgainMs;
  return refresh.refreshing || isFirstTry;
}

/** While a clock is in doubt, nobody knows that it is right again. */
function isInDoubt(telling: Telling, standings: readonly ServerStanding[]): boolean {
  if (telling.kind === 'cause' || telling.topic !== 'clock') return false;
  return standings.some(({ clock }) => doubtOf(clock) !== undefined);
}

/** A cause that became worse is another matter. */
const offerName = (telling: Telling): string =>
  `${telling.kind} ${telling.key} ${telling.kind === 'cause' ? telling.level : ''}`;

function licensedOf(standings: readonly ServerStanding[]): ReadonlySet<string> {
  return new Set(standings.filter(({ license }) => license !== null).map(({ profileId }) => profileId));
}
