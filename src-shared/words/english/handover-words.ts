import type { LicenseView } from '../../window/console-state.ts';
import { isWrong, type PreflightView } from '../../support/preflight.ts';
import { english } from './english.ts';
import { preflightWords } from './preflight-words.ts';

const { dates, license } = english;

/** More of them would not fit on the page. */
const mostWrong = 4;

/** The sheet that an installer leaves at the store. */
export const handoverWords = {
  pageTitle: 'Handover sheet',
  explains: 'One page to leave at the store. Print it or save it before you go.',
  installedBy: 'Installed by',
  installedByHint: 'Your name. It stays here for your next visit.',
  print: 'Print',
  savePdf: 'Save as PDF',
  saveCalendar: 'Save calendar file',
  calendarNote: 'The calendar file contains the last day to connect and the day to renew, with reminders.',
  saveSheetTitle: 'Save the handover sheet',
  sheetName: (serverName: string, at: number): string => `Handover sheet ${serverName} ${dates.sortableDay(at)}`,
  saveCalendarTitle: 'Save the calendar file',
  calendarFiles: 'Calendar files',
  calendarName: (serverName: string): string => `License days ${serverName}`,
  sheetTitle: (serverName: string): string => `Handover sheet for ${serverName}`,
  made: (at: number, installedBy: string): string =>
    `As of ${dates.timeAbroad(at)}.${installedBy === '' ? '' : ` Installed by ${installedBy}.`}`,
  /** How long the server works without the Authorization server. */
  offline: ({ details, evaluation }: LicenseView): string => {
    const { token, renewal } = evaluation;
    if (token.state === 'expired') return 'The license token has expired. Connect this server to the internet.';
    if (renewal.state === 'expired') return 'The license has expired. It must be removed and re-acquired.';
    const { renewalDate, tokenExpiresAt } = details;
    const offlineUntil = (until: string) => `This server can be offline until ${until}.`;
    // No connection extends the license itself.
    if (renewalDate && renewalDate.endsAt < tokenExpiresAt)
      return `${offlineUntil(license.renewalDay(renewalDate))} Renew the license by then.`;
    const limit = renewalDate ? ', up to the License Renewal Date' : '';
    return `${offlineUntil(dates.dateTime(tokenExpiresAt))} Every connection to the internet extends this${limit}.`;
  },
  checksHeading: 'Checks of this computer',
  /** What the last run of the checks found, for the sheet: one line, then what is wrong. */
  checks: (preflight: PreflightView | null): readonly string[] => {
    if (!preflight) return ['Not checked.'];
    const { state, results, endedAt } = preflight;
    if (state === 'running') return ['Not checked yet.'];
    if (state === 'cancelled') return ['Not checked: the check was cancelled.'];
    if (state === 'failed') return ['Not checked: the check ended early.'];
    const works = results.filter(({ state: found }) => found === 'ok').map(({ check }) => preflightWords.labels[check]);
    const wrong = results.filter(isWrong);
    const named = wrong
      .slice(0, mostWrong)
      .map(({ check, says }) => `${preflightWords.labels[check]}: ${says[0] ?? preflightWords.states.failed}`);
    return [
      `${wrong.length === 0 ? 'Nothing is wrong.' : `${wrong.length} of ${results.length} ${wrong.length === 1 ? 'needs' : 'need'} attention.`}${endedAt === undefined ? '' : ` Checked ${dates.mediumDateTime(endedAt)}.`}`,
      ...named,
      ...(wrong.length > mostWrong ? [`And ${wrong.length - mostWrong} more.`] : []),
      ...(works.length > 0 ? [`These work: ${works.join(', ')}.`] : []),
    ];
  },
  newPcHeading: 'If this computer breaks down',
  /** `settings`: how the sheet holds all settings in one piece. */
  newPc: (settings: 'qr_code' | 'text'): readonly string[] => [
    'Install Fusion License Console on the new computer, and start it.',
    `Enter the settings below, or ${settings === 'text' ? 'paste their last line' : 'scan the QR code'} into the address field.`,
    'Choose Next, and let a person who may sign in authorize the same device again.',
    'At the Authorization server, remove the authorization of the broken computer.',
  ],
  supportHeading: 'Support',
  settingsHeading: 'Settings of this server',
  settingLabels: {
    issuer: 'Authorization server',
    clientId: 'Client ID',
    scope: 'Scope',
    resource: 'Resource',
    audience: 'Audience',
  },
  qrNote: 'These settings as a QR code. It contains no password.',
  qrAlternative: 'QR code of the settings',
  qrTooLong: 'These settings are too long for a QR code.',
  calendar: {
    connect: (serverName: string): string => `Connect the POS server ${serverName} to the internet`,
    connectText: (at: number): string =>
      `Its license token expires at ${dates.timeAbroad(at)}. After that registers cannot be authenticated. If the server was connected since this calendar file was saved, the day is later: the License page shows it.`,
    renew: (serverName: string): string => `Renew the license of the POS server ${serverName}`,
    renewText:
      'This is the License Renewal Date. The license must be updated at the Authorization server before this day ends. Then choose Check License Now in Fusion License Console.',
  },
};
