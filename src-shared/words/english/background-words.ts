import { counted } from './counts-and-lists.ts';
import { dates, sentenceOf } from './time-spans.ts';

const helpsServers = (count: number): string =>
  count === 0 ? 'Ready to help a server' : `Helping ${counted(count, 'server')}`;

export const trayWords = {
  noServer: 'Fusion License Console: no server yet',
  server: (serverName: string, headline: string): string => `${serverName}: ${sentenceOf(headline)}`,
  /** The title of the notification, with the server's name in front unless the title already begins with it. */
  alert: (serverName: string, title: string): string =>
    sentenceOf(title.startsWith(serverName) ? title : `${serverName}: ${title}`),
  nextRefresh: (at: number): string => `Next refresh ${dates.shortDateTime(at)}.`,
  helping: (servers: number, endsAt: number): string => `${helpsServers(servers)} until ${dates.time(endsAt)}`,
  endHelp: 'End help',
  open: 'Open Fusion License Console',
  quitAndEndHelp: 'Quit and end help',
  quit: 'Quit: nothing is refreshed until the console is started again',
};

/** The question that is asked when the window is closed for the first time. */
export const closingWords = {
  heading: 'Keep running without the window?',
  why: 'The console refreshes the license tokens automatically whenever there is internet. To do that, it has to keep running without its window.',
  until: (expiresAt: number): string =>
    `If you quit, the license token expires on ${dates.dateTime(expiresAt)}, unless the console is started again before that.`,
  waiting: 'A User Code is still open. If you quit now, the license does not arrive here, even if the code is entered.',
  newLicenseWaits:
    'A new license is waiting for your answer. If you quit now, the console asks again when it is started again.',
  keepRunning: 'Keep running',
  stop: 'Quit',
  stayOpen: 'Cancel',
  once: 'You are asked only once. You can change this in Settings.',
};

/** The question that is asked when the window of a console that helps servers is closed. */
export const endingHelpWords = {
  heading: 'Keep helping without the window?',
  why: (servers: number): string =>
    servers === 0
      ? 'A server can still connect with the pairing code. When help ends, the code can no longer be used.'
      : `${servers === 1 ? 'One server is' : `${servers} servers are`} connected through this computer. When help ends, ${servers === 1 ? 'it loses' : 'they lose'} this connection.`,
  endsAt: (at: number): string =>
    `Help ends automatically at ${dates.time(at)}. The icon next to the clock can end it earlier.`,
  keepHelping: 'Keep helping',
  end: 'End help and close',
  stayOpen: 'Cancel',
};

export const backgroundSettingsWords = {
  heading: 'In the background',
  keepRunning: 'Keep running when the window is closed',
  keepRunningNote:
    'License tokens are then refreshed automatically. Otherwise they expire when nobody opens the console.',
  startAtLogin: 'Start when I sign in to this computer',
  startAtLoginNote: 'Without its window. Tokens are then refreshed again after the computer restarts.',
  startAtLoginUnavailable: 'This system does not offer this setting here.',
  onlyWhileSignedIn: (account: string): string =>
    `Tokens are refreshed only while ${account ? `the account ${account}` : 'this account'} is signed in to this computer. After a power cut, refreshing resumes when somebody signs in.`,
  howWithout: 'How to refresh without a sign-in',
  trayShown: 'An icon next to the clock shows the state of the license.',
  trayUnsure:
    'This desktop may not show icons next to the clock. To open the window again, start the console again from the applications menu.',
};
