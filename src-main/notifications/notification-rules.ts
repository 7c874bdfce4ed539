import { type Alert, type AlertTopic, topicOf } from '../../src-shared/alert.ts';
import type { QuietHours } from '../../src-shared/quiet-hours.ts';
import { isQuiet, localDay } from './local-day.ts';
import { keyOf, topicKeyOf } from './notification-causes.ts';

/** How bad a cause is: 1 it can wait, 2 the last 24 hours before something stops, 3 after that. */
export type Level = 1 | 2 | 3;

/** One day on which a cause was told. */
export interface ToldDay {
  readonly day: string;
  /** The worst that was told. */
  readonly level: Level;
  /** How often it was told because it came back after it had been said to be over. */
  readonly again: number;
}

/** What was told of one cause. */
export interface ToldCause {
  readonly alert: Alert;
  /** It was told, and it was not said yet that it is over. */
  readonly open: boolean;
  /** The last days on which it was told, the newest at the end. */
  readonly days: readonly ToldDay[];
  /** When it was told by monotonic time, within a day; nothing of an earlier process. */
  readonly toldMs: readonly number[];
}

/** What was told, by {@link keyOf}. */
export type Ledger = Readonly<Record<string, ToldCause>>;

/** Something to tell now. */
export type Telling =
  | { readonly kind: 'cause'; readonly key: string; readonly alert: Alert; readonly level: Level }
  | { readonly kind: 'back_to_normal'; readonly key: string; readonly alert: Alert; readonly topic: AlertTopic };

/** Trusted time, and monotonic time, which no setting of a clock moves; both in ms. */
export interface Now {
  readonly at: number;
  readonly monotonicMs: number;
}

/** What people asked not to be disturbed by. */
export interface Hush {
  readonly quietHours: QuietHours;
  /** By {@link keyOf}, the local day on which a person does not want to hear of it any more. */
  readonly snoozed: Readonly<Record<string, string>>;
}

export const dayMs = 86_400_000;
/** A clock that jumps to and fro finds the days on which it has been. */
const daysKept = 8;
/** A cause that goes and comes back on the same day is told again this often, and only where it is urgent. */
const againADay = 1;
/** Whatever the clock says: not more of one cause within 24 hours of monotonic time. */
export const tellingsOfOneCause = 12;

/** A local license API that is down is missed at once, by a POS server that needs its next token: that cannot wait. */
export function levelOf({ cause, stopsAt }: Alert, at: number): Level {
  if (cause === 'local_api_down') return 2;
  if (stopsAt === undefined || at < stopsAt - dayMs) return 1;
  return at < stopsAt ? 2 : 3;
}

/**
 * What is to be told now. A cause is told once on a local day, and again where it became worse; from 24 hours before something
 * stops, neither quiet hours nor a snooze hold it back. A topic is back to normal, once, where a cause of it was told and none
 * is left. `licensed` names the servers that hold a license: of the others nothing is said any more.
 */
export function dueTellings(
  alerts: readonly Alert[],
  ledger: Ledger,
  hush: Hush,
  now: Now,
  licensed: ReadonlySet<string>,
): readonly Telling[] {
  const causes = alerts
    .map((alert): Telling => ({ kind: 'cause', key: keyOf(alert), alert, level: levelOf(alert, now.at) }))
    .filter((telling) => telling.kind === 'cause' && isDue(telling, ledger[telling.key], hush, now));
  return isQuiet(hush.quietHours, now.at) ? causes : [...causes, ...dueBacks(alerts, ledger, now, licensed)];
}

function isDue(
  { key, level }: Extract<Telling, { kind: 'cause' }>,
  told: ToldCause | undefined,
  hush: Hush,
  now: Now,
): boolean {
  const day = localDay(now.at);
  const isHeld = level === 1 && (hush.snoozed[key] === day || isQuiet(hush.quietHours, now.at));
  if (isHeld || isTooMuch(told, now)) return false;
  const today = told?.days.find((entry) => entry.day === day);
  if (!today || level > today.level) return true;
  return told?.open === false && level > 1 && today.again < againADay;
}

function dueBacks(
  alerts: readonly Alert[],
  ledger: Ledger,
  now: Now,
  licensed: ReadonlySet<string>,
): readonly Telling[] {
  const present = new Set(alerts.map(topicKeyOf));
  const backs = new Map<string, Telling>();
  for (const told of Object.values(ledger)) {
    const { alert } = told;
    const key = topicKeyOf(alert);
    if (!told.open || present.has(key) || !licensed.has(alert.profileId) || isTooMuch(told, now)) continue;
    // Where it went and came more than once today, the last word of the day is the warning.
    const today = told.days.find(({ day }) => day === localDay(now.at));
    if (today && today.again >= againADay) continue;
    backs.set(key, { kind: 'back_to_normal', key, alert, topic: topicOf(alert.cause) });
  }
  return [...backs.values()];
}

function isTooMuch(told: ToldCause | undefined, { monotonicMs }: Now): boolean {
  return recent(told, monotonicMs).length >= tellingsOfOneCause;
}

function recent(told: ToldCause | undefined, monotonicMs: number): readonly number[] {
  return (told?.toldMs ?? []).filter((toldMs) => monotonicMs - toldMs < dayMs);
}

/** The ledger once this was told. */
export function afterTold(ledger: Ledger, telling: Telling, now: Now): Ledger {
  if (telling.kind === 'back_to_normal') {
    const closed = Object.entries(ledger).filter(([, { open, alert }]) => open && topicKeyOf(alert) === telling.key);
    return { ...ledger, ...Object.fromEntries(closed.map(([key, told]) => [key, close(told, now)])) };
  }
  const told = ledger[telling.key];
  const day = localDay(now.at);
  const before = told?.days.find((entry) => entry.day === day);
  const isAgain = before !== undefined && told?.open === false && telling.level <= before.level;
  const today = {
    day,
    level: Math.max(telling.level, before?.level ?? 1) as Level,
    again: (before?.again ?? 0) + (isAgain ? 1 : 0),
  };
  const days = [...(told?.days ?? []).filter((entry) => entry.day !== day), today].slice(-daysKept);
  const toldMs = [...recent(told, now.monotonicMs), now.monotonicMs];
  return { ...ledger, [telling.key]: { alert: telling.alert, open: true, days, toldMs } };
}

function close(told: ToldCause, { monotonicMs }: Now): ToldCause {
  return { ...told, open: false, toldMs: [...recent(told, monotonicMs), monotonicMs] };
}

/** The ledger without the servers that are gone; those without a license have nothing more to come back to. */
export function afterLeft(ledger: Ledger, known: ReadonlySet<string>, licensed: ReadonlySet<string>): Ledger {
  const kept = Object.entries(ledger)
    .filter(([, { alert }]) => known.has(alert.profileId))
    .map(([key, told]) => [key, licensed.has(told.alert.profileId) ? told : { ...told, open: false }]);
  return Object.fromEntries(kept);
}
