import type { SupportContact } from '../../support/support-contact.ts';
import { contactText } from './support-words.ts';

export const frameWords = {
  productName: 'Fusion License Console',
  windowTitle: (serverName: string | undefined, status: string): string =>
    serverName === undefined ? 'Fusion License Console' : `${serverName} – ${status} – Fusion License Console`,
  breadcrumb: ['Manage POS', 'License'],
  railLabel: 'Console',
  onThisPage: 'On this page',
  pages: {
    license: 'License',
    history: 'History',
    registers: 'Registers & servers',
    board: 'All servers',
    settings: 'Settings',
    help: 'Help',
    offer: 'Help a server',
  },
  environments: {
    sandbox: { label: 'Sandbox', note: 'A sandbox for testing, not for selling' },
    this_computer: { label: 'This computer', note: 'The Authorization server runs on this computer' },
  },
  environmentLabel: 'Authorization server',
  serverShown: 'Server shown',
  serverOption: (serverName: string, edition: string, licensed: boolean, waits = false): string =>
    [serverName, edition, ...(waits ? ['waiting for your answer'] : licensed ? [] : ['not licensed'])].join(' – '),
  serversWait: (names: readonly string[]): string =>
    names.length === 1
      ? `${names[0]} is waiting for your answer`
      : `${names.length} other servers are waiting for your answer`,
  loading: 'One moment…',
  toastLabel: 'Result',
  closeToast: 'Close this message',
  savedAs: (fileName: string, folder: string): string => `Saved as ${fileName} in ${folder}.`,
  showInFolder: 'Show in folder',
  editions: { cloud: 'Cloud', corporate: 'Corporate', store: 'Store' },
  failureCode: 'Code',
  saveDiagnostics: 'Save diagnostics…',
  copiedForSupport: 'Details copied. Paste them into your message to support.',
  copiedForContact: (contact: SupportContact): string =>
    `Details copied. Paste them into your message to ${contactText({ name: contact.name, email: contact.email ?? contact.url ?? contact.phone })}.`,
};

export const paneWords = {
  regionLabel: 'Authorization server',
  back: 'Back',
  reload: 'Reload',
  home: 'Start page of the Authorization server',
  zoomIn: 'Larger',
  zoomOut: 'Smaller',
  zoomReset: (percent: number): string => `Zoom ${percent} %, back to 100 %`,
  zoomPercent: (percent: number): string => `${percent} %`,
  showAnyway: 'Show the page anyway',
  wayOn: {
    code: 'You can continue without it: open the page for the User Code.',
    next: 'You can continue without it: choose Next, then open the page for the User Code. Where the Authorization server opens is set in Settings.',
    settings: 'Where the Authorization server opens is set in Settings.',
  },
  openInBrowser: 'Open in browser',
  wantsKey:
    'This page waits for a passkey or a security key. Touch your security key if it blinks. If nothing happens, choose Open in browser.',
  signOut: 'Sign out of the Authorization server',
  notInBrowser: "Only the Authorization server's own pages open in the browser.",
  signedOut: 'Signed out of the Authorization server.',
  collapse: 'Close this pane',
  secure: 'Secure connection',
  loopback: 'A server on this computer',
  notSecure: 'Not secure',
  noAddress: 'No page yet',
  otherSite: 'Not the Authorization server: sign-in page of another site.',
  popUpTitle: (origin: string): string => (origin === '' ? 'Sign-in window' : `${origin} – Sign-in window`),
  popUpOpen: 'A sign-in window is open. Finish there.',
  showPopUp: 'Show it',
  saveDownload: 'Save the file of this page',
  downloadKind: (ending: string): string => `${ending.toUpperCase()} files`,
  loading: 'Loading…',
  splitter: 'Width of the two panes',
  embeddedPage: 'Page of the Authorization server',
  finding: {
    label: 'Find on this page',
    outcome: (ordinal: number, count: number): string => (count === 0 ? 'Not found' : `${ordinal} of ${count}`),
    next: 'Next match',
    previous: 'Previous match',
    close: 'Close the search',
  },
};
