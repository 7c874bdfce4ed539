import type { AuthorizationEnd, LicenseView, RefreshView, RemovalEnd } from '../../window/console-state.ts';
import {
  type LicenseDetails,
  type LicenseField,
  licenseFields,
  type RenewalDate,
} from '../../license/license-details.ts';
import { type ClockStatus, doubtOf, type LicenseEvaluation } from '../../license/license-status.ts';
import { present } from '../../present.ts';
import { endsInDoubt, type ShownStatus } from '../../license/shown-status.ts';
import { attentionWords } from './attention-words.ts';
import type { FailureWords } from './say-failure.ts';
import { ago, dates, sentenceOf, span } from './time-spans.ts';

const statusHeadlines: Record<ShownStatus, string> = {
  first_run: 'Welcome',
  not_licensed: 'Not licensed',
  licensed_elsewhere: 'Licensed by another account',
  licensed: 'Licensed',
  requires_renewal: 'Requires Renewal',
  expired: 'Expired – Requires Renewal',
};

/** How dates are written: in full about one server, shorter in a list of many. */
type DateLength = Pick<typeof dates, 'date' | 'plainDate' | 'dateTime'>;
const inFull: DateLength = dates;
const inList: DateLength = {
  date: dates.mediumDate,
  plainDate: dates.mediumPlainDate,
  dateTime: dates.mediumDateTime,
};

/** The renewal date as it is written in sentences. */
export function renewalDay(date: RenewalDate, length = inFull): string {
  return date.date ? length.plainDate(date.date) : length.dateTime(date.endsAt);
}

function renewalDayOf(view: ClockFacts, length = inFull): string {
  if (view.details.renewalDate) return renewalDay(view.details.renewalDate, length);
  return view.evaluation.renewal.endsAt === undefined ? '' : length.date(view.evaluation.renewal.endsAt);
}

const rightClock: ClockStatus = { state: 'right' };

/** Has the license or its token ended by this computer's clock, which no server has confirmed? */
function mayHaveEnded({ evaluation }: LicenseView, clock: ClockStatus): boolean {
  const { unanswered, localAt = 0 } = doubtOf(clock) ?? {};
  const { renewal, token } = evaluation;
  return unanswered === true && Math.min(token.expiresAt, renewal.endsAt ?? token.expiresAt) <= localAt;
}

/** What a status means for selling, in one or two sentences. */
function statusMeaning(status: ShownStatus, view: LicenseView | null, clock: ClockStatus = rightClock): string {
  if (endsInDoubt(status, clock)) return attentionWords.clockInDoubt.expired;
  if (view && status !== 'expired' && mayHaveEnded(view, clock))
    return "By this computer's clock, the license or its token has ended, so registers may refuse this server. No server has confirmed the time.";
  switch (status) {
    case 'first_run':
      return 'This console licenses a POS server and keeps it licensed. First, enter the settings of this server.';
    case 'not_licensed':
      return 'Registers and other servers cannot trust this server until it is licensed. Acquiring a license takes about two minutes.';
    case 'licensed_elsewhere':
      return 'Another account on this computer holds its license.';
    case 'licensed':
      return view?.evaluation.token.state === 'expired'
        ? 'The license is valid, but registers cannot check that now.'
        : 'Registers and servers trust this server.';
    case 'requires_renewal':
      return `You can keep selling until ${view ? renewalDayOf(view) : 'then'}. The license must be updated at the Authorization server.`;
    case 'expired':
      return `Since ${view ? renewalDayOf(view) : 'then'} registers may refuse this server. The license must be removed and re-acquired.`;
  }
}

/** A field of the license as it is shown, printed and copied. */
export interface FieldWords {
  readonly field: LicenseField;
  readonly label: string;
  readonly value: string;
  /** The exact instant behind a date, or another text for a tooltip. */
  readonly exact?: string;
  /** The token does not contain this field; `value` then says so. */
  readonly absent: boolean;
}

type FieldValue = Omit<FieldWords, 'field' | 'label'>;

const given = (value: string, exact?: string): FieldValue => present({ value, absent: false, exact });
const optional = (value: string | undefined): FieldValue => (value ? given(value) : { value: 'Not set', absent: true });

const couldNotBeRead = (value: string): string => `Could not be read: ${value}`;

/** A claim that is present but could not be read must not look as if it were not set. */
function unclearValue({ unclear = [] }: LicenseDetails, ...claims: readonly string[]): FieldValue | null {
  const found = unclear.find(({ claim }) => claims.includes(claim));
  return found ? given(couldNotBeRead(found.value)) : null;
}

/** The features, followed by the value that could not be read, if any. */
function featuresValue(details: LicenseDetails): FieldValue {
  const unclear = unclearValue(details, 'features');
  const { features } = details;
  if (!unclear || !features) return unclear ?? optional(features?.join(', '));
  return given([...features, unclear.value].join(', '));
}

/** Claims that could not be read or were truncated, to be listed next to the fields. Empty if there are none. */
function claimDoubts({ unclear = [], cut = [] }: LicenseDetails): readonly string[] {
  return [
    ...unclear.map(({ claim, value }) => `${claim}: ${value}`),
    ...(cut.length > 0 ? [`Too long, cut: ${[...new Set(cut)].join(', ')}`] : []),
  ];
}

function renewalDateValue(details: LicenseDetails): FieldValue {
  const date = details.renewalDate;
  const unclear = unclearValue(details, 'license_renewal_date');
  if (unclear) return unclear;
  if (!date) return { value: 'None – this license does not need renewal', absent: true };
  const how = date.date ? 'the day ends' : 'read';
  const zone = date.timeZone ? ` (${how} in ${date.timeZone})` : '';
  return given(renewalDay(date), `Valid until ${dates.exact(date.endsAt)}${zone}`);
}

interface FieldRow {
  readonly label: string;
  readonly value: (view: LicenseView) => FieldValue;
  /** What a check of the license compares with the license before it. Null: it reports the field in another way. */
  readonly compared: ((details: LicenseDetails) => unknown) | null;
}

/** The fields of the vendor's page, with its labels. */
const fieldTable: Record<LicenseField, FieldRow> = {
  licenseStatus: {
    label: 'License Status',
    value: ({ evaluation }) => given(statusHeadlines[evaluation.renewal.state]),
    compared: null,
  },
  serverId: {
    label: 'Server ID',
    value: ({ details }) => given(details.serverId),
    compared: ({ serverId }) => serverId,
  },
  renewalDate: {
    label: 'License Renewal Date',
    value: ({ details }) => renewalDateValue(details),
    compared: null,
  },
  features: {
    label: 'Features',
    value: ({ details }) => featuresValue(details),
    compared: ({ features }) => features,
  },
  hubName: {
    label: 'Hub Server Name',
    value: ({ details }) => unclearValue(details, 'hub', 'hub.name') ?? optional(details.hub?.name),
    compared: ({ hub }) => hub?.name,
  },
  hubUrl: {
    label: 'Hub Server URL',
    value: ({ details }) => unclearValue(details, 'hub', 'hub.url') ?? optional(details.hub?.url),
    compared: ({ hub }) => hub?.url,
  },
  tokenExpiry: {
    label: 'Token Expiry',
    value: ({ details }) => given(dates.dateTime(details.tokenExpiresAt), dates.exact(details.tokenExpiresAt)),
    compared: null,
  },
};

export const fieldLabels = Object.fromEntries(licenseFields.map((field) => [field, fieldTable[field].label])) as Record<
  LicenseField,
  string
>;

/** The fields in the order of the vendor's page. */
function fields(view: LicenseView): readonly FieldWords[] {
  return licenseFields.map((field) => ({ field, label: fieldTable[field].label, ...fieldTable[field].value(view) }));
}

/** What a clock in words is made from. */
interface ClockFacts {
  readonly details: Pick<LicenseDetails, 'renewalDate'>;
  readonly evaluation: LicenseEvaluation;
}

function renewalClock(view: ClockFacts, nowAt: number, length = inFull): { headline: string; detail: string } {
  const { renewal } = view.evaluation;
  if (renewal.state === 'licensed' && renewal.dateUnclear)
    return { headline: 'Renewal date could not be read', detail: 'check it at the Authorization server' };
  if (renewal.endsAt === undefined)
    return { headline: 'No renewal needed', detail: 'This license has no renewal date.' };
  const day = renewalDayOf(view, length);
  if (renewal.state === 'expired') return { headline: `Expired ${day}`, detail: `${span(nowAt - renewal.endsAt)} ago` };
  return { headline: `Renew by ${day}`, detail: `in ${span(renewal.endsAt - nowAt)}` };
}

function tokenClock(view: ClockFacts, nowAt: number, length = inFull): { headline: string; detail: string } {
  const { state, expiresAt } = view.evaluation.token;
  const when = length.dateTime(expiresAt);
  if (state === 'expired') return { headline: `Expired ${when}`, detail: `${span(nowAt - expiresAt)} ago` };
  return { headline: `Expires ${when}`, detail: `in ${span(expiresAt - nowAt)}` };
}

/** `byItself` is false if no console is running: the line then says only when the refresh is due. */
function refreshLine(refresh: RefreshView, nowAt: number, byItself = true): string {
  if (refresh.refreshing) return 'Refreshing now…';
  const parts: string[] = [];
  // Without a refresh token there was no refresh: that time is when the license was authorized.
  const how = refresh.withoutRefreshToken ? 'Authorized' : 'Refreshed';
  if (refresh.lastRefreshedAt !== undefined) {
    // "Just now" next to a failure would seem to describe the failure.
    const isRecent = nowAt - refresh.lastRefreshedAt < 60_000;
    const when =
      isRecent && refresh.lastFailure
        ? `at ${dates.time(refresh.lastRefreshedAt)}`
        : ago(nowAt, refresh.lastRefreshedAt);
    parts.push(`${how} ${when}`);
  }
  if (refresh.withoutRefreshToken) parts.push('cannot be refreshed');
  else if (refresh.nextRefreshAt !== undefined) {
    const left = refresh.nextRefreshAt - nowAt;
    if (byItself)
      parts.push(left > 0 ? `next automatic refresh in ${span(left)}` : 'next as soon as there is a connection');
    else parts.push(left > 0 ? `due in ${span(left)}` : 'due now');
  }
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}

/** A removal that an earlier run began. */
const removalWaits: FailureWords = {
  headline: 'The removal is not finished',
  meaning:
    'The Authorization server has not answered yet, so the authorization may still be open there. The console ends it as soon as it reaches the server.',
};

const staysOpen = 'The authorization stays open at the Authorization server until somebody removes it there.';

const removed = {
  revoked: {
    headline: (serverName: string): string => `The license of ${serverName} was removed`,
    meaning: 'The authorization was ended at the Authorization server.',
  },
  nothingToRevoke: {
    headline: (serverName: string): string => `The license of ${serverName} was removed`,
    meaning:
      'The console could not end the authorization itself. If the Authorization server still lists this device, remove it there.',
  },
  hereOnly: {
    headline: (serverName: string): string => `The license of ${serverName} was removed here only`,
    meaning: staysOpen,
  },
};

export const licenseWords = {
  pageTitle: 'Manage License',
  statusHeadlines,
  statusMeaning,
  licensedElsewhere: {
    headline: (osUser: string, serverName: string): string =>
      `The account ${osUser} holds this computer's license: ${serverName}`,
    meaning: (osUser: string, windows: boolean): string =>
      `Sign in to ${windows ? 'Windows' : 'this computer'} as ${osUser} to manage it. Licensing here as well would use a second license.`,
  },
  renewalDay,
  fieldLabels,
  fields,
  comparedValue: (field: LicenseField, details: LicenseDetails): unknown => fieldTable[field].compared?.(details),
  claimDoubts,
  renewalClock,
  tokenClock,
  /** Both clocks of one server in a list. `whole` has the date in full. */
  clocksInList: (view: ClockFacts, nowAt: number) => ({
    renewal: { ...renewalClock(view, nowAt, inList), whole: renewalClock(view, nowAt).headline },
    token: { ...tokenClock(view, nowAt, inList), whole: tokenClock(view, nowAt).headline },
  }),
  refreshLine,
  lastTryFailed: (at: number | undefined, headline: string): string =>
    `The last attempt${at === undefined ? '' : `, ${dates.shortDateTime(at)},`} failed: ${sentenceOf(headline)}`,
  detailsHeading: 'License details',
  clocksHeading: 'The two clocks',
  renewalClockLabel: 'License renewal',
  tokenClockLabel: 'License token',
  now: 'Now',
  axis: {
    hours12: '12 h',
    days1: '1 day',
    days7: '1 week',
    days30: '1 month',
    days90: '3 months',
    days365: '1 year',
    days1825: '5 years',
  },
  warningStarts: (warnsAt: number): string => `The warning starts ${dates.dateTime(warnsAt)}.`,
  copyField: (label: string): string => `Copy ${label}`,
  copiedField: (label: string): string => `${label} copied.`,
  refreshing: 'Refreshing…',
  print: 'Print',
  savePdf: 'Save as PDF',
  handover: 'Handover sheet',
  exporting: {
    print: 'Printing…',
    save_pdf: 'Making the PDF file…',
    save_sheet: 'Making the PDF file…',
    save_calendar: 'Making the calendar file…',
  },
  saveDialogTitle: 'Save the license summary',
  pdfFiles: 'PDF files',
  fileName: (serverName: string, at: number): string => `License summary ${serverName} ${dates.sortableDay(at)}`,
  remove: 'Remove License…',
  removing: 'Removing…',
  removeAndReacquire: 'Remove and re-acquire',
  reacquireNote: 'The old license is kept until the new one is safely stored.',
  openAuthorizationServer: 'Open Authorization server',
  refreshed: 'The license was refreshed just now.',
  licensedNow: 'Licensed. You can close this window.',
  removalWaits,
  /** What happened to the license of this server, and to its authorization. */
  removedWords: ({ revoked, nothingToRevoke }: RemovalEnd, serverName: string): FailureWords => {
    const { headline, meaning } = removed[revoked ? 'revoked' : nothingToRevoke ? 'nothingToRevoke' : 'hereOnly'];
    return { headline: headline(serverName), meaning };
  },
  summary: {
    title: 'Fusion license summary',
    server: 'Server',
    edition: 'Edition',
    organization: 'Organization',
    license: 'License',
    authorizationServer: 'Authorization server',
    printed: (at: number): string => `As of ${dates.dateTime(at)}`,
  },
};

const authorizationEnds: Record<AuthorizationEnd, string> = {
  ended: 'The authorization is ended at the Authorization server, so that the license can be used for another device.',
  left_open: staysOpen,
  nothing_to_revoke:
    'The console cannot end the authorization itself. If the Authorization server lists this device, remove it there, so that the license can be used for another one.',
  not_offered:
    "The Authorization server does not let consoles end an authorization. Remove this device's authorization there, so that the license can be used for another one.",
};

export const removalWords = {
  heading: (serverName: string): string => `Remove the license of ${serverName}?`,
  whatStops: (authorization: AuthorizationEnd): readonly string[] => [
    'Registers and other servers can no longer verify this server.',
    'Its license tokens are deleted from this computer.',
    authorizationEnds[authorization],
  ],
  comeBack: 'To use this server again, you must license it again.',
  confirm: 'Remove License',
  cancel: 'Keep License',
  hereOnly: 'Remove here only',
  tryAgain: 'Try again',
};
