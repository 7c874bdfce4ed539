import type { AlertCause } from '../../notifications/alert.ts';
import type { BoardAction, BoardLicense, BoardStatus } from '../../servers/board.ts';
import { counted } from './counts-and-lists.ts';
import { licenseWords } from './license-words.ts';
import { dates } from './time-spans.ts';

const { statusHeadlines } = licenseWords;

const statuses: Record<BoardStatus, string> = {
  licensed: statusHeadlines.licensed,
  requires_renewal: statusHeadlines.requires_renewal,
  expired: statusHeadlines.expired,
  not_licensed: statusHeadlines.not_licensed,
  awaiting_authorization: 'Waiting for the User Code to be entered',
  acquisition_failed: 'Not licensed: the last attempt failed',
};

/** What the status alone does not say. */
const concerns: Partial<Record<AlertCause, string>> = {
  token_expires_soon: 'The token expires soon.',
  token_expired: 'The token has expired.',
  authorize_again: 'The server must be authorized again.',
  cannot_renew: 'The token cannot be refreshed.',
  refresh_refused: 'The Authorization server refused the refresh.',
  clock_unconfirmed: 'The license may have ended or end soon: the time is not confirmed.',
  keychain_trouble: 'The keychain cannot be used.',
  license_waits: 'A new license is waiting for your answer.',
};

const actions: Record<BoardAction, string> = {
  license: 'License this server',
  enter_code: 'Enter the User Code',
  answer: 'Answer the question',
  renew: 'Renew the license',
  reacquire: licenseWords.removeAndReacquire,
  connect: 'Connect it to the internet',
  authorize_again: 'Authorize again',
  unlock_keychain: 'Unlock the keychain',
  look: 'See what is wrong',
};

function needsAction(count: number): string {
  if (count === 0) return 'nothing to do';
  return count === 1 ? '1 needs action' : `${count} need action`;
}

/** The page with all servers that the console knows. */
export const boardWords = {
  pageTitle: 'All servers',
  showAll: 'Show all servers',
  add: 'Add another server',
  addFirst: 'Add a server',
  exportCsv: 'Export as CSV',
  summary: (count: number, needing: number): string => [counted(count, 'server'), needsAction(needing)].join(', '),
  statuses,
  concern: (cause: AlertCause | undefined): string => (cause && concerns[cause]) ?? '',
  actions,
  noAction: 'Nothing to do',
  yes: 'Yes',
  asOf: (at: number, nowAt: number): string =>
    dates.date(at) === dates.date(nowAt)
      ? `Reported, as of ${dates.time(at)}`
      : `Reported, as of ${dates.shortDateTime(at)}`,
  archivedMark: 'Archived',
  clocks: (license: BoardLicense, nowAt: number) => licenseWords.clocksInList(license, nowAt),
  noClock: '–',
  columns: {
    name: 'Server',
    status: licenseWords.fieldLabels.licenseStatus,
    renewal: licenseWords.renewalClockLabel,
    token: licenseWords.tokenClockLabel,
    action: 'Next action',
  },
  sortedByUrgency: 'Most urgent first',
  searchLabel: 'Find a server by its name, organization, Server ID, hub server or note',
  searchPlaceholder: 'Name, organization, note…',
  viewLabel: 'View',
  views: { list: 'List', tree: 'Hub servers' },
  filterLabel: 'Show',
  filters: {
    all: (count: number): string => `All (${count})`,
    action: (count: number): string => `Needs action (${count})`,
    archived: (count: number): string => `Archived (${count})`,
  },
  editionLabel: 'Edition',
  allEditions: 'All editions',
  group: 'Group by organization',
  noOrganization: 'Organization not known',
  groupSize: (count: number): string => counted(count, 'server'),
  shown: (count: number): string => `${counted(count, 'server')} shown`,
  nothingFound: {
    no_servers: 'No servers yet. Add the first one. Servers that you help get licensed appear here too.',
    no_match: 'No server matches.',
    none_archived: 'No server is archived.',
    all_archived: 'All servers are archived.',
    none_needs_action: 'No server needs action.',
  },
  showEverything: 'Show all servers again',
  showArchived: 'Show archived servers',
  tableLabel: 'Servers',
  tableHint: 'Arrow keys go from server to server, Home and End to the first and the last.',
  treeLabel: 'Servers under the hub server that they connect to',
  unknownHub: 'not on this list',
  details: 'Details',
  detailsOf: (name: string): string => ` of ${name}`,
  note: 'Note',
  editNote: 'Note…',
  rename: 'Rename…',
  archive: 'Archive…',
  unarchive: 'Unarchive',
  forget: 'Forget…',
  userCode: 'User Code',
  version: 'Console version',
  noting: {
    heading: (name: string): string => `Note on ${name}`,
    label: 'Note',
    hint: 'Up to 500 characters. It stays on this computer. Do not write passwords here.',
    confirm: 'Save',
    saved: (name: string): string => `The note on ${name} was saved.`,
    deleted: (name: string): string => `The note on ${name} was deleted.`,
  },
  archiving: {
    heading: (name: string): string => `Archive ${name}?`,
    meaning: (isLicensed: boolean): readonly string[] =>
      isLicensed
        ? [
            'The server leaves the list. You find it under Archived.',
            'Its license stays in use. The console keeps refreshing it, and alerts you as before.',
            'To end that, remove the license or forget the server.',
          ]
        : ['The server leaves the list. You find it under Archived.', 'Nothing else changes.'],
    confirm: 'Archive',
    archived: (name: string): string => `${name} was archived.`,
    restored: (name: string): string => `${name} is on the list again.`,
  },
  forgettingReported: {
    heading: (name: string): string => `Forget ${name}?`,
    meaning: [
      'Its last report and your note are deleted from this computer.',
      'Its license and its console do not change. It appears again when it reports again.',
    ],
    confirm: 'Forget',
  },
  cancel: 'Cancel',
  saveDialogTitle: 'Export the list of servers',
  csvFiles: 'CSV files',
  fileName: (at: number): string => `Servers ${dates.sortableDay(at)}`,
  csvColumns: {
    name: 'Server',
    edition: 'Edition',
    organization: 'Organization',
    issuer: 'Authorization server',
    environment: 'Environment',
    serverId: licenseWords.fieldLabels.serverId,
    hubName: licenseWords.fieldLabels.hubName,
    hubUrl: licenseWords.fieldLabels.hubUrl,
    status: licenseWords.fieldLabels.licenseStatus,
    renewalDate: licenseWords.fieldLabels.renewalDate,
    tokenExpiry: `${licenseWords.fieldLabels.tokenExpiry} (UTC)`,
    action: 'Next action',
    code: 'Code',
    note: 'Note',
    archived: 'Archived',
    asOf: 'As of (UTC)',
    version: 'Console version',
  },
};
