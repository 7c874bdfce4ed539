import type { AdministratorNoticeRefusal, Alert, AlertAction, AlertTopic } from '../../notifications/alert.ts';
import { actionOf, needsConnection } from '../../notifications/alert.ts';
import { failure } from '../../result.ts';
import { authorizeAgainWordsOf } from './authorize-again-words.ts';
import { failureWords } from './failure-words.ts';
import { licenseCheckWords } from './license-check-words.ts';
import { dates, sentenceOf, span } from './time-spans.ts';

interface AlertWords {
  readonly title: string;
  readonly body: string;
  /** The label of the button. A click on the notification itself does the same. */
  readonly action: string;
}

const actionLabels: Record<AlertAction, string> = {
  check_license: licenseCheckWords.action,
  renew: 'Open Authorization server',
  open_license: 'Show the license',
  clock_help: 'How to set the clock',
  unlock_keychain: 'Unlock the keychain',
  keychain_help: 'Help with the keychain',
  open_local_api: 'Show the local license API',
  open_console: 'Open the console',
  show_servers: 'Show all servers',
};

/** The last day or moment at which everything still works. */
function lastOf({ stopsAt, stopsOn }: Alert): string {
  if (stopsOn) return dates.plainDate(stopsOn);
  return stopsAt === undefined ? '' : dates.shortDateTime(stopsAt);
}

/** What the alert means for selling, in one sentence. */
function selling(alert: Alert, at: number): string {
  const { stopsAt } = alert;
  if (stopsAt === undefined) return 'You can keep selling.';
  return at < stopsAt
    ? `You can keep selling until ${lastOf(alert)} (${span(stopsAt - at)} left).`
    : `Since ${lastOf(alert)} registers cannot be authenticated.`;
}

/** What the most urgent of many alerts means for selling, in one sentence. Other servers may need something else. */
function sellingAtAll(first: Alert, at: number): string {
  const { stopsAt, serverName, cause, tone } = first;
  if (cause === 'clock_unconfirmed')
    return tone === 'critical'
      ? `If this computer's clock is right, the license of ${serverName} ended ${lastOf(first)}, and registers refuse it.`
      : `You can keep selling with these servers until ${lastOf(first)} if this computer's clock is right.`;
  if (stopsAt === undefined) return 'You can keep selling.';
  return at < stopsAt
    ? `You can keep selling with these servers until ${lastOf(first)} (${span(stopsAt - at)} left).`
    : `Since ${lastOf(first)} registers may refuse ${serverName}.`;
}

/** Why the license is not refreshed, if a connection would not help. */
const reason = ({ code }: Alert): string =>
  `The license is not refreshed: ${sentenceOf(failureWords(failure(code ?? 'internal_error')).headline)} Look at the license in the console.`;

type Says = (alert: Alert, at: number) => Omit<AlertWords, 'action'>;

const causes: Record<Alert['cause'], Says> = {
  renewal_near: (alert, at) => ({
    title: `${alert.serverName}: Renew the license`,
    body: `${selling(alert, at)} Renew it at the Authorization server.`,
  }),
  renewal_expired: (alert) => ({
    title: `${alert.serverName}: The license has expired`,
    body: `Since ${lastOf(alert)} registers may refuse this server. Renew the license at the Authorization server, then remove it here and acquire it again.`,
  }),
  token_expires_soon: (alert, at) =>
    needsConnection(alert)
      ? {
          title: `${alert.serverName}: Connect this server to the internet`,
          body: `${selling(alert, at)} Once connected, it refreshes its license automatically.`,
        }
      : { title: `${alert.serverName}: License token expires soon`, body: `${selling(alert, at)} ${reason(alert)}` },
  token_expired: (alert, at) => ({
    title: `${alert.serverName}: License token expired`,
    body: `${selling(alert, at)} ${
      needsConnection(alert) ? 'Connect this server to the internet, then choose Check License Now.' : reason(alert)
    }`,
  }),
  authorize_again: (alert, at) => ({
    title: `${alert.serverName}: Authorize this server again`,
    body: `${selling(alert, at)} ${authorizeAgainWordsOf(alert.code).notification}`,
  }),
  cannot_renew: (alert, at) => ({
    title: `${alert.serverName}: Authorize this server again`,
    body: `${selling(alert, at)} This server cannot refresh its license. Authorizing takes about two minutes.`,
  }),
  refresh_refused: (alert, at) => ({
    title: `${alert.serverName}: The Authorization server refuses this console`,
    body: `${selling(alert, at)} Ask the people who run the Authorization server whether the Client ID in Settings is right.`,
  }),
  clock_wrong: () => ({
    title: "This computer's clock is wrong",
    body: 'You can keep selling: for license dates, the console uses the trusted time. Set the clock so that sales get the right date.',
  }),
  clock_unconfirmed: (alert) => ({
    title: `${alert.serverName}: Connect this server to the internet`,
    body: `${
      alert.tone === 'critical'
        ? `If this computer's clock is right, the license ended ${lastOf(alert)}, and registers refuse this server.`
        : `You can keep selling until ${lastOf(alert)} if this computer's clock is right.`
    } Once connected, the console checks the time and refreshes the license.`,
  }),
  keychain_trouble: (alert, at) => ({
    title: `${alert.serverName}: ${failureWords(failure(alert.code ?? 'secret_store_refused')).headline}`,
    body: `${selling(alert, at)} Without the keychain, the license is not refreshed.`,
  }),
  license_waits: ({ serverName }) => ({
    title: `${serverName}: A new license is waiting for your answer`,
    body: 'It seems to be for another server, so registers do not get it yet. Choose Keep it or Undo in the console.',
  }),
  settings_lost: ({ serverName, code }) => ({
    title: `${serverName}: ${failureWords(failure(code ?? 'settings_lost')).headline}`,
    body:
      code === 'server_settings_lost'
        ? 'The console lost the settings of a server and does not refresh its license, so registers may soon refuse it. Open the console and set it up again, or ask support.'
        : 'The console no longer knows its servers and refreshes no license, so registers may soon refuse them. Open the console and set them up again, or ask support.',
  }),
  local_api_down: (alert) => ({
    title: `${alert.serverName}: The POS server may be cut off from the license`,
    body: `${sentenceOf(failureWords(failure(alert.code ?? 'local_api_not_opened')).headline)} The POS server may get no new license tokens, and registers may refuse it. Look at Registers & servers in the console.`,
  }),
};

/** What many servers need, as the title says it after their number. */
const needsOfMany: Record<Alert['cause'], (alert: Alert) => string> = {
  renewal_near: () => 'Renew the licenses',
  renewal_expired: () => 'The licenses have expired',
  token_expires_soon: (alert) =>
    needsConnection(alert) ? 'Connect them to the internet' : 'License tokens expire soon',
  token_expired: () => 'License tokens have expired',
  authorize_again: () => 'Authorize them again',
  cannot_renew: () => 'Authorize them again',
  refresh_refused: () => 'The Authorization server refuses this console',
  clock_wrong: () => 'The clock is wrong',
  clock_unconfirmed: () => 'Connect them to the internet',
  keychain_trouble: () => 'The keychain does not work',
  license_waits: () => 'New licenses are waiting for your answer',
  settings_lost: () => 'Their settings cannot be read',
  local_api_down: () => 'The POS servers may be cut off from the license',
};

/** The names of the first servers, and how many more there are. */
function namesOf(alerts: readonly Alert[]): string {
  const names = alerts.slice(0, 3).map(({ serverName }) => serverName);
  const more = alerts.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}

const backBodies: Record<AlertTopic, string> = {
  renewal: 'The license was renewed. You can keep selling.',
  token: 'The license was refreshed. You can keep selling.',
  clock: "This computer's clock is right again.",
  keychain: 'The keychain works again. The license can be refreshed.',
  new_license: 'The question about the new license was answered.',
  settings: 'The settings can be read again, a server was set up again, or somebody dismissed the message.',
  // Somebody who does not need the API may have switched it off.
  local_api: 'The local license API is open again, or was switched off.',
};

function backBody({ cause, code }: Alert, topic: AlertTopic): string {
  if (cause === 'clock_unconfirmed') return 'The time is confirmed.';
  if (cause === 'local_api_down' && code === 'api_clients_lost')
    return 'Clients of the local license API were created again, or it was switched off.';
  if (cause === 'local_api_down' && code === 'file_unreadable')
    return 'The clients of the local license API can be read again, or it was switched off.';
  return backBodies[topic];
}

export const alertWords = {
  /** `at` is trusted time in ms. */
  cause: (alert: Alert, at: number): AlertWords => ({
    ...causes[alert.cause](alert, at),
    action: actionLabels[actionOf(alert)],
  }),
  /** One notification about servers that need the same, most urgent first. `at` is trusted time in ms. */
  causeOfMany: (alerts: readonly [Alert, ...Alert[]], at: number): AlertWords => {
    const [first] = alerts;
    return {
      title: `${alerts.length} servers: ${needsOfMany[first.cause](first)}`,
      body: `${namesOf(alerts)}. ${sellingAtAll(first, at)}`,
      action: actionLabels.show_servers,
    };
  },
  backToNormal: (alerts: readonly [Alert, ...Alert[]], topic: AlertTopic): Omit<AlertWords, 'action'> => {
    const [first] = alerts;
    return alerts.length === 1
      ? { title: `${first.serverName}: Back to normal`, body: backBody(first, topic) }
      : { title: `${alerts.length} servers: Back to normal`, body: `${namesOf(alerts)}.` };
  },
  test: {
    title: 'A test notification',
    body: 'This is how this computer lets you know what your servers need.',
  },
  regionLabel: 'What needs attention',
  show: 'Show',
  snooze: 'Snooze until tomorrow',
  more: (count: number): string => `${count} more`,
  fewer: 'Show less',
};

const refusals: Record<AdministratorNoticeRefusal, (file: string) => string> = {
  writable: (file) =>
    `Ordinary users can change ${file} or its folder. Let only administrators change them; the console then uses the file within a minute.`,
  unreadable: (file) =>
    `This account has no permission to read ${file}. Let everybody read it and its folder; the console then uses the file within a minute.`,
  malformed: (file) =>
    `${file} has an error. It must name a command, an address or both, for example: { "notify": { "url": "https://ops.example.com/licenses" } }`,
  insecure: (file) => `The address in ${file} must begin with https.`,
};

export const notificationSettingsWords = {
  heading: 'Notifications',
  note: 'Get notified when a license needs attention, once a day for each reason.',
  quietHours: 'Quiet hours',
  quietHoursNote: 'Only urgent notifications appear then: those of the last 24 hours before something stops.',
  from: 'From',
  to: 'To',
  test: 'Show a test notification',
  testShown: 'A test notification was shown.',
  cannotBeShown: {
    headline: 'This computer cannot show notifications now',
    meaning: 'They may be switched off for this console. This window also shows what matters.',
  },
  administratorNone: (file: string): string =>
    `Only people at this computer are notified. An administrator can change that in ${file}.`,
  administratorSet: (file: string): string => `An administrator is notified as well, as set in ${file}.`,
  administratorRefused: {
    headline: 'The administrator is not notified',
    meaning: (reason: AdministratorNoticeRefusal, file: string): string => refusals[reason](file),
  },
};
