import type { HistoryFilter } from '../../history/history-filter.ts';
import type { HistoryMark } from '../../history/history-marks.ts';
import type { HistoryRow } from '../../history/history-runs.ts';
import type { HistoryTimeline, LicenseStanding, Segment, TokenStanding } from '../../history/history-timeline.ts';
import type { FailureFacts, LicenseInstants } from '../../license/license-event.ts';
import { failure } from '../../result.ts';
import type { ProfileSettings } from '../../servers/server-profile.ts';
import { backgroundSettingsWords } from './background-words.ts';
import { counted } from './counts-and-lists.ts';
import { failureWords } from './failure-words.ts';
import { licenseWords } from './license-words.ts';
import { profileFormWords, settingsWords } from './settings-words.ts';
import { dates, period, sentenceOf, span } from './time-spans.ts';

/** What happened, the details, and the code for support if there is one. */
interface HistoryRowWords {
  readonly headline: string;
  readonly detail: string;
  readonly code?: string;
}

type EventOf<K extends HistoryRow['event']['kind']> = Extract<HistoryRow['event'], { kind: K }>;

const licenseStandings: Record<LicenseStanding, string> = {
  licensed: licenseWords.statusHeadlines.licensed,
  requires_renewal: licenseWords.statusHeadlines.requires_renewal,
  expired: licenseWords.statusHeadlines.expired,
  not_licensed: licenseWords.statusHeadlines.not_licensed,
  unknown: 'Not recorded',
};

const tokenStandings: Record<TokenStanding, string> = {
  fine: 'Fine',
  expires_soon: 'Expires soon',
  expired: 'Expired',
  none: 'No token',
  unknown: 'Not recorded',
};

/** The same names for a legend that describes the license and the token together. */
const tokenLooks: Record<TokenStanding, string> = {
  fine: 'token fine',
  expires_soon: 'token expires soon',
  expired: 'token expired',
  none: 'no token',
  unknown: tokenStandings.unknown,
};

const markNames: Record<HistoryMark['kind'], string> = {
  acquired: 'License acquired',
  removed: 'License removed',
  refreshed: 'Refreshed',
  failed: 'Attempt failed',
};

/** Typed as a full record, so that the compiler requires a name for every setting of a profile. */
const profileSettingNames: Record<keyof ProfileSettings, string> = {
  issuer: profileFormWords.issuer,
  edition: profileFormWords.edition,
  serverName: profileFormWords.serverName,
  clientId: profileFormWords.clientId,
  scope: profileFormWords.scope,
  resource: profileFormWords.resource,
  audience: profileFormWords.audience,
  startAddress: profileFormWords.startAddress,
  signInHosts: profileFormWords.signInHosts,
  integratedSignInHosts: profileFormWords.integratedSignInHosts,
  dpop: profileFormWords.dpop,
};
const settingNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...profileSettingNames,
    signOutWhenFinished: settingsWords.signOutWhenFinished,
    keepRunning: backgroundSettingsWords.keepRunning,
    startAtLogin: backgroundSettingsWords.startAtLogin,
    localApi: 'Local license API',
    apiClients: 'Clients of the local license API',
  }),
);

const timesWords = (times: number): string => ['', 'once', 'twice'][times] ?? `${times} times`;

const tokenLasts = ({ tokenExpiresAt }: LicenseInstants): string =>
  `The license token lasts until ${dates.mediumDateTime(tokenExpiresAt)}.`;

function renewalWords({ renewalEndsAt, renewalDate }: LicenseInstants): string {
  if (renewalEndsAt === undefined) return 'No renewal needed.';
  // `renewalEndsAt` is exclusive: it is the first instant of the next day.
  const day = renewalDate === undefined ? dates.date(renewalEndsAt - 1) : dates.plainDate(renewalDate);
  return `Renewal date: ${day}.`;
}

const serverSaid = (detail: string | undefined): string => (detail ? ` The server said: “${sentenceOf(detail)}”` : '');

function failedWords(what: string, row: HistoryRow, { code, detail }: FailureFacts): HistoryRowWords {
  const run = row.times === 1 ? '' : ` ${row.times} times, ${period(row.firstAt, row.at)}`;
  return {
    headline: `${what} failed${run}`,
    detail: `${sentenceOf(failureWords(failure(code)).headline)}${serverSaid(detail)}`,
    code,
  };
}

const leftOpen: Record<EventOf<'revocation_failed'>['of'], string> = {
  removal: 'License not removed',
  replaced: 'The authorization of the previous license stays open',
  unused: 'An unused authorization stays open',
};

const endedLater: Record<EventOf<'grant_ended'>['of'], string> = {
  replaced: 'The authorization of the previous license was ended',
  unused: 'An unused authorization was ended',
};

function leftOpenWords({ of, code, detail, triesAgain }: EventOf<'revocation_failed'>): HistoryRowWords {
  const later = triesAgain
    ? ' The console tries again the next time the Authorization server answers.'
    : ' That authorization can be removed at the Authorization server.';
  const way = of === 'removal' ? '' : later;
  return {
    headline: leftOpen[of],
    detail: `${sentenceOf(failureWords(failure(code)).headline)}${serverSaid(detail)}${way}`,
    code,
  };
}

function statusWords({ status, token }: EventOf<'status_changed'>): HistoryRowWords {
  const license = `License Status: ${licenseStandings[status]}`;
  if (token === undefined) return { headline: license, detail: '' };
  if (token === 'expired' && status !== 'expired') return { headline: 'License token expired', detail: `${license}.` };
  if (token === 'expires_soon' && status === 'licensed')
    return { headline: 'License token expires soon', detail: `${license}.` };
  return { headline: license, detail: `License token: ${tokenStandings[token].toLowerCase()}.` };
}

function settingsChanged({ settings }: EventOf<'settings_changed'>): HistoryRowWords {
  const named = settings.flatMap((name) => settingNames.get(name) ?? []);
  return { headline: 'Settings changed', detail: named.length === 0 ? '' : `${named.join(', ')}.` };
}

function eventWords(row: HistoryRow): HistoryRowWords {
  const { event } = row;
  switch (event.kind) {
    case 'acquired':
      return {
        headline: event.replaced ? 'License replaced by a new one' : 'License acquired',
        detail: `Server ID ${event.serverId}. ${tokenLasts(event)} ${renewalWords(event)}`,
      };
    case 'refreshed':
      return row.newRenewal
        ? { headline: 'Refreshed with a new renewal date', detail: `${renewalWords(event)} ${tokenLasts(event)}` }
        : { headline: 'License token refreshed', detail: tokenLasts(event) };
    case 'refresh_failed':
      return failedWords('Refreshing the license token', row, event);
    case 'acquisition_failed':
      return failedWords('Acquiring a license', row, event);
    case 'removed':
      return {
        headline: 'License removed',
        detail: event.revoked
          ? 'The authorization was ended at the Authorization server.'
          : event.nothingToRevoke
            ? 'The console could not end the authorization itself.'
            : 'On this computer only: the authorization stays open at the Authorization server.',
      };
    case 'revocation_failed':
      return leftOpenWords(event);
    case 'grant_ended':
      return { headline: endedLater[event.of], detail: 'It was still open at the Authorization server.' };
    case 'status_changed':
      return statusWords(event);
    case 'clock_changed':
      return {
        headline: event.clock === 'wrong' ? "This computer's clock is wrong" : "This computer's clock is right again",
        detail: '',
      };
    case 'keychain_changed':
      return event.code === undefined
        ? { headline: 'The keychain answers again', detail: '' }
        : { headline: failureWords(failure(event.code)).headline, detail: '', code: event.code };
    case 'record_altered':
      return {
        headline: 'License details were changed outside this console',
        detail: 'The console restored them from the license token.',
      };
    case 'device_renamed':
      return {
        headline: 'Device renamed at the Authorization server',
        detail: `The license now names it ${event.now} instead of ${event.before}.`,
      };
    case 'server_renamed':
      return {
        headline: 'Server renamed',
        detail: `${event.before} is now ${event.now}, as its license names it.`,
      };
    case 'settings_changed':
      return settingsChanged(event);
  }
}

function rowWords(row: HistoryRow): HistoryRowWords {
  const { detail, ...words } = eventWords(row);
  const clock = row.wallAt === undefined ? '' : `This computer's clock said ${dates.mediumDateTime(row.wallAt)}.`;
  return { ...words, detail: [detail, clock].filter((part) => part !== '').join(' ') };
}

/** "Licensed 78 days, Requires Renewal 12 days": how long each state lasted, in order of first appearance. */
function lasting<S extends string>(segments: readonly Segment<S>[], names: Record<S, string>): string {
  const lasted = new Map<S, number>();
  for (const { state, from, to } of segments) lasted.set(state, (lasted.get(state) ?? 0) + to - from);
  if (lasted.size === 1) return [...lasted.keys()].map((state) => `${names[state]} the whole time`).join('');
  const known = [...lasted].filter(([state]) => state !== 'unknown');
  const unknown = [...lasted].filter(([state]) => state === 'unknown');
  return [...known, ...unknown].map(([state, ms]) => `${names[state]} ${span(ms)}`).join(', ');
}

function marksWords({ marks }: HistoryTimeline): string {
  const count = (kind: HistoryMark['kind']) =>
    marks.filter((mark) => mark.kind === kind).reduce((sum, { times }) => sum + times, 0);
  const said = (['refreshed', 'failed', 'acquired', 'removed'] as const)
    .map((kind) => [kind, count(kind)] as const)
    .filter(([, times]) => times > 0)
    .map(([kind, times]) => `${kind} ${timesWords(times)}`);
  const sentence = said.join(', ');
  return sentence === '' ? 'None' : `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}

export const historyWords = {
  pageTitle: 'History',
  lede: (serverName: string): string => `What happened to the license of ${serverName}, newest first.`,
  timelineHeading: 'The last 90 days',
  licenseRow: licenseWords.fieldLabels.licenseStatus,
  tokenRow: 'License token',
  marksRow: 'What was done',
  licenseStandings,
  tokenStandings,
  tokenLooks,
  markNames,
  licenseSummary: ({ license }: HistoryTimeline): string => lasting(license, licenseStandings),
  tokenSummary: ({ token }: HistoryTimeline): string => lasting(token, tokenStandings),
  marksSummary: marksWords,
  /** For tooltips and screen readers. */
  segment: (name: string, from: number, to: number): string => `${name}, ${period(from, to)}`,
  mark: ({ kind, from, to, times }: HistoryMark): string =>
    times === 1
      ? `${markNames[kind]}, ${dates.shortDateTime(from)}`
      : `${markNames[kind]} ${timesWords(times)}, ${period(from, to)}`,
  tick: (at: number): string => dates.shortDate(at),
  today: 'Today',
  filterLabel: 'Show',
  filters: { all: 'All', refreshes: 'Refreshes', problems: 'Problems', changes: 'Changes' } satisfies Record<
    HistoryFilter,
    string
  >,
  entriesHeading: 'What happened',
  timeColumn: 'Time',
  whatColumn: 'What happened',
  detailColumn: 'Details',
  time: (at: number): string => dates.mediumDateTime(at),
  row: rowWords,
  shown: (count: number): string => counted(count, 'entry', 'entries'),
  empty: 'Nothing has happened yet. Once this server is licensed, every refresh and every change appears here.',
  noneOfThese: 'There are no entries of this kind.',
  older: 'Show older entries',
  olderKept: (count: number): string =>
    `${count === 1 ? '1 older entry is' : `${count} older entries are`} not shown. Export as CSV to see all entries.`,
  skipped: (count: number): string =>
    `${counted(count, 'entry', 'entries')} could not be read, for example after a power failure.`,
  incomplete: 'Part of the history cannot be read at the moment: another program may be using its file.',
  exportCsv: 'Export as CSV',
  saveDialogTitle: 'Export the history',
  csvFiles: 'CSV files',
  fileName: (serverName: string, at: number): string => `License history ${serverName} ${dates.sortableDay(at)}`,
  csvColumns: {
    time: 'Time',
    utc: 'Time (UTC)',
    firstUtc: 'First time (UTC)',
    times: 'Times',
    what: 'What happened',
    detail: 'Details',
    code: 'Code',
    clock: "This computer's clock (UTC)",
  },
};
