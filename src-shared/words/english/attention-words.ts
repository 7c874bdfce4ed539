import type { UnreadFile } from '../../window/console-state.ts';
import type { Failure } from '../../result.ts';
import { authorizeAgainWordsOf } from './authorize-again-words.ts';
import { type FailureWords, otherKind, serverSays } from './say-failure.ts';
import { dates, span } from './time-spans.ts';

/** Warnings next to the License Status: headline, meaning, what to do. */
export const attentionWords = {
  clockWrong: {
    headline: "This computer's clock is wrong",
    meaning: (localAt: number, trustedAt: number): string =>
      `It says ${dates.dateTime(localAt)}; the latest trusted time is ${dates.dateTime(trustedAt)}. For license dates, the console uses the trusted time.`,
  },
  clockInDoubt: {
    headline: 'The console is checking the time',
    meaning: (localAt: number, otherAt: number): string =>
      `This computer's clock says ${dates.dateTime(localAt)}, but other evidence says ${dates.dateTime(otherAt)}. Either may be right: the computer may have been paused, its clock may have been changed, or the network may have delivered an old answer. The console asks the Authorization server. Do not remove the license.`,
    expired: 'The license seems to have expired, but the console checks the time first. Do not remove the license.',
  },
  clockUnconfirmed: {
    headline: 'Connect this server to the internet',
    /** `ends` says what ends by the clock, and what a connection changes. */
    meaning: (ends: string, localAt: number, otherAt: number): string =>
      `${ends} The clock says ${dates.dateTime(localAt)}, but other evidence says ${dates.dateTime(otherAt)}. Do not remove the license.`,
  },
  authorizeAgain: {
    said: (failure: Failure, expiresAt: number, isExpired: boolean): FailureWords =>
      authorizeAgainWordsOf(failure.code).attention(failure, { expiresAt, isExpired }),
    /** The server's own reason. */
    serverSays,
  },
  /** The server issued no refresh token. */
  cannotRenew: {
    headline: 'This server cannot refresh its license',
    expired: 'Authorize this server again',
    meaning: (expiresAt: number | undefined): string =>
      expiresAt === undefined
        ? 'The Authorization server offers no way to refresh the license. Authorize again before the license token expires.'
        : `The Authorization server offers no way to refresh the license. The license token lasts until ${dates.dateTime(expiresAt)}. Authorize again before then.`,
    meaningExpired: (expiresAt: number): string =>
      `The license token expired on ${dates.dateTime(expiresAt)}. This server cannot refresh its license: only a new authorization brings a new token.`,
  },
  tokenExpired: {
    headline: 'License token expired',
    /** What it means, and what to do if a connection would help. */
    meaning: (renewalExpired: boolean): string =>
      renewalExpired
        ? 'The license token has expired as well, so registers cannot be authenticated.'
        : 'The license itself is valid, but its token has expired, so registers cannot be authenticated.',
    connect: 'Connect this server to the internet, then choose Check License Now.',
  },
  tokenExpiresSoon: {
    headline: 'Connect this server to the internet',
    /** Used if the server answered but issued no new token. */
    answered: 'License token expires soon',
    meaning: (expiresAt: number, nowAt: number): string =>
      `The license token expires on ${dates.dateTime(expiresAt)}, in ${span(expiresAt - nowAt)}. After that, registers cannot be authenticated until a fresh one arrives.`,
  },
  offline: {
    headline: 'No connection to the Authorization server',
    meaning: (expiresAt: number): string =>
      `You do not need one now: the token lasts until ${dates.dateTime(expiresAt)}.`,
  },
  /** The server answered, but cannot refresh the license at the moment. The failure is the headline. */
  serverTrouble: (expiresAt: number): string =>
    `You need to do nothing now: the token lasts until ${dates.dateTime(expiresAt)}. The console tries again automatically.`,
  keychainWithLicense: 'The license is shown as last checked, but tokens cannot be refreshed or used.',
  withoutXms: {
    headline: 'Licensed, without xms',
    meaning: 'POS servers usually have the feature xms. Check the license at the Authorization server.',
  },
  claimsUnclear: {
    headline: (dateUnclear: boolean): string =>
      dateUnclear ? 'The license renewal date could not be read' : 'Part of the license could not be read',
    meaning: (doubts: readonly string[]): string =>
      `The license is still valid. Check it at the Authorization server. If it is right there, tell support. ${doubts.join('; ')}.`,
  },
  longOff: (nowText: string): string =>
    `The reason may be that this computer was off for a long time. If it was not, its clock may be set ahead: it says ${nowText}.`,
  details: 'Details',
};

/** Says what was found instead of a readable file, and what the console did with it. */
function whatBecameOf({ keptAs, file, found }: UnreadFile): string {
  if (found === 'forbidden') return ` This account has no permission to read ${file}. The file was not changed.`;
  if (found === 'unseen')
    return ` ${file} cannot be read: another program is using it, or its disk or network folder does not answer. The file was not changed.`;
  const kept = keptAs ? `was kept as ${keptAs}` : 'was not changed. Move it away, then start the console again';
  if (found) return ` ${file} is ${otherKind(found)}, not a file. It ${kept}.`;
  return keptAs ? ` The old file ${kept}.` : '';
}

export const noticeWords = {
  settings_unreadable: (file: UnreadFile): string =>
    `The settings could not be read, so the console uses the last good ones. Check them under Settings.${whatBecameOf(file)}`,
  settings_lost: (file: UnreadFile): string =>
    `The settings could not be read, so no license is refreshed. Set the server up again, or ask support.${whatBecameOf(file)}`,
  settings_partly_unreadable: (file: UnreadFile): string =>
    `A server in the settings could not be read, so it is not shown and its license is not refreshed. The other servers are not affected. Its license was not touched: set the server up again under Settings, or ask support.${whatBecameOf(file)}`,
  license_record_unreadable: (file: UnreadFile): string =>
    `The license details kept on this computer could not be read. The console gets them again from the keychain, or with the next refresh.${whatBecameOf(file)}`,
  license_record_altered: (): string =>
    'The license details kept on this computer were changed outside this console. The console restored them from the license token, so what you see is right. If nobody here changed them, tell support.',
  server_details_unreadable: (file: UnreadFile): string =>
    `What this console kept about the Authorization server could not be read. The console asks for it again with the next connection. The license was not touched.${whatBecameOf(file)}`,
  settings_not_written: (): string =>
    'Settings cannot be saved on this computer. Changes are lost when the console closes.',
  folder_open_to_others: (): string =>
    "Other accounts on this computer can read this console's folder. It holds no license tokens, but it shows what this server is and what happened to its license. Ask support how to restrict it to your account.",
  proxy_sign_in_not_kept: (): string =>
    'The keychain did not keep the name and password of the proxy. They work until the console ends. Unlock the keychain, then enter them again in Settings.',
  proxy_sign_in_not_forgotten: (): string =>
    'The keychain could not be changed and may still hold the name and password of the proxy. The console then uses them again after its next start. Unlock the keychain, then forget them in Settings.',
  settings_in_use: (): string =>
    'Another program is using a file of this console. Your changes work already, and are saved as soon as that program releases the file.',
  history_not_written: (): string =>
    'The history cannot be saved on this computer: the disk may be full. Your license is not affected.',
  authorization_left_open: (): string =>
    'The console could not end an authorization that this computer no longer uses. It stays open at the Authorization server until somebody removes it there. The History shows why.',
  api_clients_unreadable: (file: UnreadFile): string =>
    `Some clients of the local license API could not be read, so they cannot reach the license. Create them again under Registers & servers.${whatBecameOf(file)}`,
  api_clients_withheld: (file: UnreadFile): string =>
    `The clients of the local license API cannot be read now, so they cannot reach the license. Their secrets stay valid. The console tries to read them again.${whatBecameOf(file)}`,
  other_accounts_unread: (): string =>
    'The console cannot see whether another account on this computer holds a license, because this account has no permission to read the folder that the accounts share. Ask the other people who use this computer before you license it. An administrator can repair the folder by installing the console again.',
  administrator_notice_writable: (): string =>
    'The administrator is not notified: ordinary users can change the file that sets this up. See Notifications under Settings.',
  administrator_notice_unreadable: (): string =>
    'The administrator is not notified: this account has no permission to read the file that sets this up. See Notifications under Settings.',
  administrator_notice_malformed: (): string =>
    'The administrator is not notified: the file that sets this up has an error. See Notifications under Settings.',
  administrator_notice_insecure: (): string =>
    'The administrator is not notified: the address in the file that sets this up is not secure. See Notifications under Settings.',
  dismiss: 'Dismiss',
};
