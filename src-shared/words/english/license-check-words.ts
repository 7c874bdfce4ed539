import type { CheckFinding, LicenseCheck } from '../../license/license-check.ts';
import type { Failure } from '../../result.ts';
import { failureWords } from './failure-words.ts';
import { fieldLabels, renewalDay } from './license-words.ts';
import { dates, sentenceOf } from './time-spans.ts';

/** The time alone if it is today. */
const when = (at: number, nowAt: number): string =>
  dates.date(at) === dates.date(nowAt) ? dates.time(at) : dates.shortDateTime(at);

/** What a person does after a check that failed. The page shows the notice with the buttons below. */
function nextStep({ code, remedy }: Failure): string {
  if (code === 'network_unreachable') return 'Connect this server to the internet, then check again.';
  if (remedy === 'try_again') return 'Wait a minute, then check again.';
  return 'The message below says what to do.';
}

function found(finding: CheckFinding, time: string): string {
  switch (finding.kind) {
    case 'unchanged':
      return finding.awaitsRenewal
        ? `Checked at ${time}. The license has not been renewed yet.`
        : `Checked at ${time}. The license is unchanged.`;
    case 'renewed':
      return finding.date
        ? `The license was renewed. The new renewal date is ${renewalDay(finding.date)}.`
        : 'The license was renewed. It no longer has a renewal date.';
    case 'date_changed':
      return `Checked at ${time}. The renewal date has changed: ${renewalDay(finding.date)}.`;
    case 'token_fresh':
      return `Checked at ${time}. The console has a new license token. It expires on ${dates.dateTime(finding.expiresAt)}.`;
    case 'fields_changed':
      return `Checked at ${time}. The license has changed: ${finding.fields.map((field) => fieldLabels[field]).join(', ')}.`;
    case 'failed':
      return `Could not check at ${time}: ${sentenceOf(failureWords(finding.failure).headline)} ${nextStep(finding.failure)}`;
  }
}

export const licenseCheckWords = {
  /** The action that refreshes the tokens and so fetches a renewed license. */
  action: 'Check License Now',
  /** The same in a list where another server could be meant. */
  actionFor: (serverName: string): string => `Check License Now: ${serverName}`,
  /** What a check found, in a sentence or two. `nowAt` is trusted time in ms. */
  said: (check: LicenseCheck, nowAt: number): string =>
    check.state === 'checking' ? 'Checking the license…' : found(check.finding, when(check.at, nowAt)),
};
