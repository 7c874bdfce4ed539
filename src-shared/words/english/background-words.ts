import { dates, sentenceOf } from './time-spans.ts';

export const trayWords = {
  noServer: 'Fusion License Console: no server yet',
  server: (serverName: string, headline: string): string => `${serverName}: ${sentenceOf(headline)}`,
  /** The title of the notification, with the server's name in front unless the title already begins with it. */
  alert: (serverName: string, title: string): string =>
    sentenceOf(title.startsWith(serverName) ? title : `${serverName}: ${title}`),
  nextRefresh: (at: number): string => `Next refresh ${dates.shortDateTime(at)}.`,
  open: 'Open Fusion License Console',
  quit: 'Stop the console: nothing is refreshed until it is started again',
};

/** The question that is asked when the window is closed for the first time. */
export const closingWords = {
  heading: 'Keep running without the window?',
  why: 'The console refreshes the license tokens by itself, whenever there is internet. For that it has to keep running, without its window.',
  until: (expiresAt: number): string =>
    `If it stops, the license token runs out on ${dates.dateTime(expiresAt)}, unless the console is started again before that.`,
  waiting:
    'A User Code is still open. If the console stops now, the license does not arrive here, even where the code is entered.',
  keepRunning: 'Keep running',
  stop: 'Stop the console',
  stayOpen: 'Cancel',
  once: 'This is asked once. You can change it in Settings.',
};

export const backgroundSettingsWords = {
  heading: 'In the background',
  keepRunning: 'Keep running when the window is closed',
  keepRunningNote:
    'License tokens are then refreshed by themselves. Without it they run out when nobody opens the console.',
  startAtLogin: 'Start when I sign in to this computer',
  startAtLoginNote: 'Without its window. After a restart of the computer, tokens are then refreshed again.',
  startAtLoginUnavailable: 'This system offers no such setting here.',
  onlyWhileSignedIn: (account: string): string =>
    `Tokens are refreshed only while ${account ? `the account ${account}` : 'this account'} is signed in to this computer. After a power cut that is as soon as somebody signs in.`,
  howWithout: 'How to refresh without anybody signing in',
  trayShown: 'An icon beside the clock shows how the license stands.',
  trayUnsure:
    'This desktop may show no icons beside the clock. To open the window again, start the console a second time from the menu of applications.',
};
