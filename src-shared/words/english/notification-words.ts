import type { AdministratorNoticeRefusal, Alert, AlertAction, AlertTopic } from '../../alert.ts';
import { actionOf } from '../../alert.ts';
import { hasTrait } from '../../failure-codes.ts';
import { failure } from '../../result.ts';
import { authorizeAgainWordsOf } from './authorize-again-words.ts';
import { failureWords } from './failure-words.ts';
import { dates, sentenceOf, span } from './time-spans.ts';

export interface AlertWords {
  readonly title: string;
  readonly body: string;
  /** The label of the button. A click on the notification itself does the same. */
  readonly action: string;
}

const actionLabels: Record<AlertAction, string> = {
  renew: 'Open Authorization server',
  open_license: 'Show the license',
  clock_help: 'How to set the clock',
  unlock_keychain: 'Unlock the keychain',
  keychain_help: 'Help with the keychain',
  open_local_api: 'Show the local license API',
};

/** The last day or moment at which everything still works. */
function lastOf({ stopsAt, stopsOn }: Alert): string {
  if (stopsOn) return dates.plainDate(stopsOn);
  return stopsAt === undefined ? '' : dates.shortDateTime(stopsAt);
}

/** What the alert means for selling, in one sentence. */
function selling(alert: Alert, at: number): string {
  const { stopsAt } = alert;
  if (stopsAt === undefined) return 'Selling goes on.';
  return at < stopsAt
    ? `Selling goes on until ${lastOf(alert)} (${span(stopsAt - at)} left).`
    : `Since ${lastOf(alert)} registers cannot be authenticated.`;
}

const needsConnection = ({ code }: Alert): boolean => code === undefined || hasTrait(code, 'unavailable');

/** Why the license is not refreshed, if a connection would not help. */
const reason = ({ code }: Alert): string =>
  `It is not refreshed: ${failureWords(failure(code ?? 'internal_error')).headline}. Look at the license in the console.`;

type Says = (alert: Alert, at: number) => Omit<AlertWords, 'action'>;

const causes: Record<Alert['cause'], Says> = {
  renewal_near: (alert, at) => ({
    title: `${alert.serverName}: Renew the license`,
    body: `${selling(alert, at)} Renew it at the Authorization server.`,
  }),
  renewal_expired: (alert) => ({
    title: `${alert.serverName}: The license has ended`,
    body: `Since ${lastOf(alert)} registers may refuse this server. Renew the license at the Authorization server, then remove it here and acquire it again.`,
  }),
  token_expires_soon: (alert, at) =>
    needsConnection(alert)
      ? {
          title: `${alert.serverName}: Connect this server to the internet`,
          body: `${selling(alert, at)} Connected, it refreshes its license by itself.`,
        }
      : { title: `${alert.serverName}: License token expires soon`, body: `${selling(alert, at)} ${reason(alert)}` },
  token_expired: (alert, at) => ({
    title: `${alert.serverName}: License token expired`,
    body: `${selling(alert, at)} ${
      needsConnection(alert) ? 'Connect this server to the internet, then choose Refresh now.' : reason(alert)
    }`,
  }),
  authorize_again: (alert, at) => ({
    title: `${alert.serverName}: Authorize this server again`,
    body: `${selling(alert, at)} ${authorizeAgainWordsOf(alert.code).notification}`,
  }),
  cannot_renew: (alert, at) => ({
    title: `${alert.serverName}: Authorize this server again`,
    body: `${selling(alert, at)} This server cannot renew itself. It takes about two minutes.`,
  }),
  refresh_refused: (alert, at) => ({
    title: `${alert.serverName}: The Authorization server refuses this console`,
    body: `${selling(alert, at)} Ask the people who run the Authorization server whether the Client ID in Settings is right.`,
  }),
  clock_wrong: () => ({
    title: "This computer's clock is wrong",
    body: 'Selling goes on: license dates are judged by the trusted time. Set the clock, so that sales get the right date.',
  }),
  keychain_trouble: (alert, at) => ({
    title: `${alert.serverName}: ${failureWords(failure(alert.code ?? 'secret_store_refused')).headline}`,
    body: `${selling(alert, at)} Without the keychain the license is not refreshed.`,
  }),
  local_api_down: (alert) => ({
    title: `${alert.serverName}: The POS server may be cut off from the license`,
    body: `${sentenceOf(failureWords(failure(alert.code ?? 'local_api_not_opened')).headline)} The POS server may get no new license tokens, and registers may refuse it. Look at Registers & servers in the console.`,
  }),
};

const backBodies: Record<AlertTopic, string> = {
  renewal: 'The license is renewed. Selling goes on.',
  token: 'The license is refreshed. Selling goes on.',
  clock: "This computer's clock is right again.",
  keychain: 'The keychain is in order. The license can be refreshed again.',
  // Somebody who does not need the API may have switched it off.
  local_api: 'The local license API is open again, or was switched off.',
};

export const alertWords = {
  /** `at` is trusted time in ms. */
  cause: (alert: Alert, at: number): AlertWords => ({
    ...causes[alert.cause](alert, at),
    action: actionLabels[actionOf(alert)],
  }),
  backToNormal: ({ serverName }: Alert, topic: AlertTopic): Omit<AlertWords, 'action'> => ({
    title: `${serverName}: Back to normal`,
    body: backBodies[topic],
  }),
  test: {
    title: 'A test notification',
    body: 'This is how this computer shows what you should know about your servers.',
  },
  regionLabel: 'What needs attention',
  show: 'Show',
  snooze: 'Snooze until tomorrow',
  more: (count: number): string => `${count} more`,
  fewer: 'Show less',
};

const refusals: Record<AdministratorNoticeRefusal, (file: string) => string> = {
  writable: (file) =>
    `Ordinary users can change ${file} or its folder. Leave that to administrators alone, and it is used within a minute.`,
  unreadable: (file) =>
    `The system does not let this account read ${file}. Let everybody read it and its folder, and it is used within a minute.`,
  malformed: (file) =>
    `${file} could not be read. It names a command, an address or both, for example: { "notify": { "url": "https://ops.example.com/licenses" } }`,
  insecure: (file) => `The address in ${file} has to begin with https.`,
};

export const notificationSettingsWords = {
  heading: 'Notifications',
  note: 'This computer says when a license needs somebody, once a day for each reason.',
  quietHours: 'Quiet hours',
  quietHoursNote: 'What can wait is not shown then. The last 24 hours before something stops cannot wait.',
  from: 'From',
  to: 'To',
  test: 'Show a test notification',
  testShown: 'A test notification was shown.',
  cannotBeShown: {
    headline: 'This computer shows no notifications now',
    meaning: 'They may be switched off for this console. This window shows what matters too.',
  },
  administratorNone: (file: string): string =>
    `People away from this computer are not told. An administrator can set that in ${file}.`,
  administratorSet: (file: string): string => `An administrator is told as well, as set in ${file}.`,
  administratorRefused: {
    headline: 'The administrator is not told',
    meaning: (reason: AdministratorNoticeRefusal, file: string): string => refusals[reason](file),
  },
};
