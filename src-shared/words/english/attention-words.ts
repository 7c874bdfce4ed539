import type { UnreadFile } from '../../console-state.ts';
import type { Failure } from '../../result.ts';
import { authorizeAgainWordsOf } from './authorize-again-words.ts';
import { type FailureWords, otherKind } from './say-failure.ts';
import { dates, sentenceOf, span } from './time-spans.ts';

/** Warnings next to the License Status: headline, meaning, what to do. */
export const attentionWords = {
  clockWrong: {
    headline: "This computer's clock is wrong",
    meaning: (localAt: number, trustedAt: number): string =>
      `It says ${dates.dateTime(localAt)}; the latest trusted time is ${dates.dateTime(trustedAt)}. License dates are judged by the trusted time.`,
  },
  clockInDoubt: {
    headline: 'The time is being checked',
    meaning: (localAt: number, otherAt: number): string =>
      `This computer's clock says ${dates.dateTime(localAt)}, other evidence says ${dates.dateTime(otherAt)}. Either may be right: the computer may have been paused, its clock may have been changed, or the network may have passed on an old answer. The console asks the Authorization server; do not remove the license.`,
    expired:
      'By the time known so far, the license has ended. The console checks the time first; do not remove the license.',
  },
  authorizeAgain: {
    said: (failure: Failure, expiresAt: number, isExpired: boolean): FailureWords =>
      authorizeAgainWordsOf(failure.code).attention(failure, { expiresAt, isExpired }),
    /** The server's own reason. */
    serverSays: (reason: string): string => `The server says: “${sentenceOf(reason)}”`,
  },
  /** The server issued no refresh token. */
  cannotRenew: {
    headline: 'This server cannot renew itself',
    expired: 'Authorize this server again',
    meaning: (expiresAt: number | undefined): string =>
      expiresAt === undefined
        ? 'The Authorization server offers no way to refresh the license. Authorize again before the license token ends.'
        : `The Authorization server offers no way to refresh the license. The license token holds until ${dates.dateTime(expiresAt)}; authorize again before then.`,
    meaningExpired: (expiresAt: number): string =>
      `The license token ended ${dates.dateTime(expiresAt)}. This server cannot renew itself: only a new authorization brings the next one.`,
  },
  tokenExpired: {
    headline: 'License token expired',
    /** What it means, and what to do if a connection would help. */
    meaning: (renewalExpired: boolean): string =>
      renewalExpired
        ? 'The proof of the license has run out as well: registers cannot be authenticated.'
        : 'The license itself is valid, but its proof has run out: registers cannot be authenticated.',
    connect: 'Connect this server to the internet, then choose Refresh now.',
  },
  tokenExpiresSoon: {
    headline: 'Connect this server to the internet',
    /** Used if the server was reached but issued no new token. */
    refused: 'License token expires soon',
    meaning: (expiresAt: number, nowAt: number): string =>
      `The license token ends ${dates.dateTime(expiresAt)}, in ${span(expiresAt - nowAt)}. After that registers cannot be authenticated until a fresh one is obtained.`,
  },
  offline: {
    headline: 'No connection to the Authorization server',
    meaning: (expiresAt: number): string => `Not needed now: the token lasts until ${dates.dateTime(expiresAt)}.`,
  },
  keychainWithLicense: 'The license is shown from the last check, but tokens cannot be refreshed or used.',
  withoutXms: {
    headline: 'Licensed, without xms',
    meaning: 'POS servers usually have the feature xms. Check the license at the Authorization server.',
  },
  claimsUnclear: {
    headline: (dateUnclear: boolean): string =>
      dateUnclear ? 'The license renewal date could not be read' : 'The license says something that could not be read',
    meaning: (doubts: readonly string[]): string =>
      `The license is valid and stays so. Look at the Authorization server for what is meant, and tell support. ${doubts.join('; ')}.`,
  },
  longOff: (nowText: string): string =>
    `If this computer was off for a long time, that is why. If not, its clock may have been set ahead: it says ${nowText}.`,
  tryNow: 'Try now',
  details: 'Details',
};

/** Says what was found instead of a readable file, and what the console did with it. */
function whatBecameOf({ keptAs, file, found }: UnreadFile): string {
  if (found === 'forbidden') return ` This account may not read ${file}. It was left as it is.`;
  if (found === 'unseen')
    return ` ${file} cannot be read: another program holds it, or its disk or network folder does not answer. It was left as it is.`;
  const kept = keptAs ? `was kept as ${keptAs}` : 'was left as it is: move it away, then start the console again';
  if (found) return ` ${file} is ${otherKind(found)}, not a file. It ${kept}.`;
  return keptAs ? ` The old file ${kept}.` : '';
}

export const noticeWords = {
  settings_unreadable: (file: UnreadFile): string =>
    `The settings could not be read, so the console uses the last good ones that it has. Look at them under Settings.${whatBecameOf(file)}`,
  settings_partly_unreadable: (file: UnreadFile): string =>
    `A server in the settings could not be read and is left out; the other servers are as they were. Its license was not touched: set it up again under Settings, or ask support.${whatBecameOf(file)}`,
  license_record_unreadable: (file: UnreadFile): string =>
    `The license details kept on this computer could not be read. They come back from the keychain, or with the next refresh.${whatBecameOf(file)}`,
  license_record_altered: (): string =>
    'The license details kept on this computer were changed outside this console. They were taken from the license token again, so what you see is right. If nobody here did that, tell support.',
  server_details_unreadable: (file: UnreadFile): string =>
    `What this console kept about the Authorization server could not be read. It is asked for again with the next connection; the license was not touched.${whatBecameOf(file)}`,
  settings_not_written: (): string =>
    'Settings cannot be saved on this computer. Changes are lost when the console closes.',
  folder_open_to_others: (): string =>
    'Other accounts of this computer can read the folder of this console. It holds no license tokens, but it shows what this server is and what happened to its license. Ask support how to give it to your account alone.',
  settings_in_use: (): string =>
    'Another program is using a file of this console. What you changed counts, and is saved as soon as that program lets go of the file.',
  history_not_written: (): string =>
    'The history cannot be saved on this computer: the disk may be full. Your license is not affected.',
  authorization_left_open: (): string =>
    'An authorization that this computer no longer uses could not be ended, and stays open at the Authorization server until somebody removes it there. The History says why.',
  api_clients_unreadable: (file: UnreadFile): string =>
    `Programs that may call the local license API could not be read, and those cannot reach the license. Create them again under Registers & servers.${whatBecameOf(file)}`,
  other_accounts_unread: (): string =>
    'The console cannot see whether another account of this computer holds a license, because this account may not read the folder that the accounts share. Ask the other people who use this computer before you license it. An administrator can repair the folder by installing the console again.',
  administrator_notice_writable: (): string =>
    'The administrator is not told: the file that says how can be changed by ordinary users. See Notifications under Settings.',
  administrator_notice_unreadable: (): string =>
    'The administrator is not told: this account may not read the file that says how. See Notifications under Settings.',
  administrator_notice_malformed: (): string =>
    'The administrator is not told: the file that says how cannot be read. See Notifications under Settings.',
  administrator_notice_insecure: (): string =>
    'The administrator is not told: the address in the file that says how is not secure. See Notifications under Settings.',
  dismiss: 'Dismiss',
};
