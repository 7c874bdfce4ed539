import { evaluateLicense } from '../license/evaluate-license.ts';
import {
  type Alert,
  type AlertCause,
  type AlertTone,
  type AlertTopic,
  thisComputer,
  topicOf,
} from '../../src-shared/notifications/alert.ts';
import type { LicenseView } from '../../src-shared/window/console-state.ts';
import { hasTrait } from '../../src-shared/failure-codes.ts';
import { type ClockStatus, doubtOf } from '../../src-shared/license/license-status.ts';
import type { LocalApiTrouble } from '../../src-shared/registers/local-api-view.ts';
import { keychainTroubleOf, type ServerStanding } from '../../src-shared/window/console-standing.ts';
import { present } from '../../src-shared/present.ts';
import { tokenMatter } from '../../src-shared/license/token-matter.ts';

/** The state of one server, and of the local license API. */
export interface AlertStanding extends ServerStanding {
  /** Why the local license API, or its TCP port, is switched on but not open. Programs here then cannot reach the license. */
  readonly localApi: LocalApiTrouble | null;
}

/**
 * The alerts about one server. Without a license there is nothing to lose; only a new one may wait for an answer. A server that cannot be
 * reached is not a cause while the token is fine.
 */
export function causesOf(standing: AlertStanding): readonly Alert[] {
  const { license, clock, localApi, waits } = standing;
  const question = waits ? [alertFor(standing)('license_waits', 'caution')] : [];
  if (!license) return question;
  const keychain = keychainTroubleOf(standing);
  const alert = alertFor(standing);
  const { expiresAt } = license.evaluation.token;
  return [
    ...question,
    ...(clock.state === 'wrong' ? [alert('clock_wrong', 'critical')] : []),
    ...(localApi ? [alert('local_api_down', localApi.tone, { code: localApi.failure.code })] : []),
    ...(keychain ? [alert('keychain_trouble', 'caution', { stopsAt: expiresAt, code: keychain.code })] : []),
    ...(isJudgedInDoubt(clock, license) ? [] : causesByTime(standing, license)),
    ...causesByLaterClock(standing, license),
  ];
}

/**
 * Was the license evaluated at a time later than this computer's clock, which the server has not confirmed yet? The alert comes once it
 * has.
 */
function isJudgedInDoubt(clock: ClockStatus, { evaluation }: LicenseView): boolean {
  const doubt = doubtOf(clock);
  return doubt !== undefined && evaluation.judgedAt > doubt.localAt;
}

function causesByTime(standing: AlertStanding, license: LicenseView): readonly Alert[] {
  return [...renewalCauses(standing, license), ...tokenCauses(standing, license)];
}

/**
 * A computer that was paused and has no connection, such as a saved virtual machine, has a clock that is right, but its license is
 * evaluated at a past time. If no server can say which time is right, an alert says what has ended, or ends soon, by the clock. The license
 * itself keeps its evaluation, because a clock that was set ahead looks the same.
 */
function causesByLaterClock(standing: AlertStanding, license: LicenseView): readonly Alert[] {
  const { unanswered, localAt = 0 } = doubtOf(standing.clock) ?? {};
  if (!unanswered || localAt <= license.evaluation.judgedAt) return [];
  const known = causesByTime(standing, license);
  const [gravest] = causesByTime(standing, { ...license, evaluation: evaluateLicense(license.details, localAt) })
    .filter(({ cause, tone }) => !known.some((alert) => alert.cause === cause && alert.tone === tone))
    .toSorted(byUrgency);
  if (!gravest) return [];
  const { tone, stopsAt, stopsOn } = gravest;
  return [alertFor(standing)('clock_unconfirmed', tone, present({ stopsAt, stopsOn, clockAt: localAt }))];
}

/**
 * Settings were lost, so nobody refreshes the license of a server that this console no longer knows. `part`: as in the settings. There is
 * no such server to name, so `computer` is the name of this computer.
 */
export function lossAlert(part: 'all' | 'some', computer: string): Alert {
  const code = part === 'all' ? 'settings_lost' : 'server_settings_lost';
  return { profileId: thisComputer, serverName: computer, cause: 'settings_lost', tone: 'critical', code };
}

/** The alerts about all servers and those `ofComputer`, most urgent first. An alert about the whole computer appears once. */
export function alertsOf(standings: readonly AlertStanding[], ofComputer: readonly Alert[] = []): readonly Alert[] {
  const found = new Map<string, Alert>();
  for (const alert of [...ofComputer, ...standings.flatMap(causesOf)]) {
    const known = found.get(keyOf(alert));
    if (!known || stopOf(alert) < stopOf(known)) found.set(keyOf(alert), alert);
  }
  return [...found.values()].toSorted(byUrgency);
}

/** The key of an alert: its cause, and its server, or the computer if all servers share the problem. */
export function keyOf(alert: Alert): string {
  return `${scopeOf(alert)}/${alert.cause}`;
}

/** The key of a topic, of a server or of the computer. The causes of one topic come back to normal together. */
export function topicKeyOf(alert: Alert): string {
  return `${scopeOf(alert)}/${topicOf(alert.cause)}`;
}

const ofComputer = 'computer';
/** All servers share this computer's clock, its keychain, its local license API and the console's settings. */
const computerTopics: ReadonlySet<AlertTopic> = new Set(['clock', 'keychain', 'local_api', 'settings']);

function scopeOf({ cause, profileId }: Alert): string {
  // It says what ends for one server by the clock, not that the clock is wrong.
  if (cause === 'clock_unconfirmed') return profileId;
  return computerTopics.has(topicOf(cause)) ? ofComputer : profileId;
}

/** The snoozed causes, by {@link keyOf}, of these servers and of the computer. */
export function snoozedOf(
  profileIds: ReadonlySet<string>,
  snoozed: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const scopes = [ofComputer, ...profileIds];
  const kept = Object.entries(snoozed).filter(([key]) => scopes.some((scope) => key.startsWith(`${scope}/`)));
  return Object.fromEntries(kept);
}

function renewalCauses(standing: AlertStanding, { details, evaluation }: LicenseView): readonly Alert[] {
  const { renewal } = evaluation;
  if (renewal.state === 'licensed') return [];
  const { date } = details.renewalDate ?? {};
  const facts = present({ stopsAt: renewal.endsAt, stopsOn: date });
  const alert = alertFor(standing);
  return renewal.state === 'expired'
    ? [alert('renewal_expired', 'critical', facts)]
    : [alert('renewal_near', 'caution', facts)];
}

function tokenCauses(standing: AlertStanding, { evaluation }: LicenseView): readonly Alert[] {
  const { code } = standing.refresh.lastFailure ?? {};
  const { cause, tone } = tokenMatter(evaluation.token, standing.refresh);
  const facts = present({ stopsAt: evaluation.token.expiresAt, code });
  const alert = alertFor(standing);
  if (hasTrait(code, 'refuses_client') && cause !== 'cannot_renew') return [alert('refresh_refused', tone, facts)];
  return cause ? [alert(cause, tone, facts)] : [];
}

type Facts = Pick<Alert, 'stopsAt' | 'stopsOn' | 'clockAt' | 'code'>;

function alertFor({ profileId, serverName }: AlertStanding) {
  return (cause: AlertCause, tone: AlertTone, facts: Facts = {}): Alert => ({
    profileId,
    serverName,
    cause,
    tone,
    ...facts,
  });
}

const rankOf = (tone: AlertTone): number => (tone === 'critical' ? 0 : 1);
const stopOf = ({ stopsAt }: Alert): number => stopsAt ?? Number.POSITIVE_INFINITY;
const byUrgency = (one: Alert, other: Alert): number =>
  rankOf(one.tone) - rankOf(other.tone) || stopOf(one) - stopOf(other);
