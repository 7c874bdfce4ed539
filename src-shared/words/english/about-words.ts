import type { AboutView } from '../../support/about-view.ts';
import { keychainName } from './say-failure.ts';
import { contactText } from './support-words.ts';

const keychains: Readonly<Record<AboutView['keychain']['kind'], string>> = {
  credential_manager: 'Windows Credential Manager',
  keychain: 'macOS Keychain',
  secret_service: 'Secret Service',
};

function keychainText({ kind, program }: AboutView['keychain']): string {
  if (kind !== 'secret_service') return keychains[kind];
  return program === null
    ? `${keychains[kind]} (no keyring program answers)`
    : `${keychains[kind]} (${keychainName(program)})`;
}

type Rows = readonly (readonly [label: string, value: string])[];

const ownRows = (about: AboutView): Rows => [
  ['Operating system', about.os],
  ['Keychain', keychainText(about.keychain)],
  ['Data folder', about.dataFolder],
  ['Log run ID', about.run],
];

const computerRows = (about: AboutView): Rows => [
  ...ownRows(about),
  ...(about.support.state === 'set' ? [['Support', contactText(about.support.contact)] as const] : []),
];

export const aboutWords = {
  heading: 'About Fusion License Console',
  open: 'About this console',
  openLogFolder: 'Open log folder',
  logFolderOpened: 'The log folder was opened.',
  close: 'Close',
  /** What support asks for first, in this order, on the screen. */
  screenRows: (about: AboutView): Rows => [['Version', about.version], ['Runtime', about.runtime], ...ownRows(about)],
  /** The same in the copied text, which also names the support contact. */
  computerRows,
};
