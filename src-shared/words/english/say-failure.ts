import { type Failure, serverReason } from '../../result.ts';
import { sentenceOf } from './time-spans.ts';

export interface FailureWords {
  readonly headline: string;
  readonly meaning: string;
}

/** What the screen knows beside the failure itself. */
export interface FailureContext {
  /** The User Code that was denied or that died. */
  readonly userCode?: string;
}

export type SayFailure = (failure: Failure, context: FailureContext) => FailureWords;

export const say =
  (headline: string, meaning: string): SayFailure =>
  () => ({ headline, meaning });

const keychainNames: Readonly<Record<string, string>> = {
  'gnome-keyring-daemon': 'GNOME Keyring',
  keepassxc: 'KeePassXC',
  kwalletd5: 'KWallet 5',
  kwalletd6: 'KWallet 6',
  ksecretd: 'KWallet',
  'oo7-daemon': 'oo7',
};

/** A keychain as people call it, by its program. */
export const keychainName = (program: string | undefined): string =>
  program === undefined ? 'another program' : (keychainNames[program] ?? program);

/** The host that a failure was about, as it stands in a sentence. */
export const hostOf = (failure: Failure): string => failure.facts?.['host'] || 'The Authorization server';
/** The same, not at the beginning of it. */
export const hostWithin = (failure: Failure): string => failure.facts?.['host'] || 'the Authorization server';

/** The server's own words, as a sentence of their own. */
export const itSays = (reason: string): string => `It says: “${sentenceOf(reason)}”`;
/** The reason of a refusal behind what is said of it; '' where the server gave none. */
export const reasonBehind = (failure: Failure): string => {
  const reason = serverReason(failure);
  return reason === undefined ? '' : ` The server says: “${sentenceOf(reason)}”`;
};

const otherKinds: Readonly<Record<string, string>> = {
  folder: 'a folder',
  pipe: 'a pipe (FIFO)',
  socket: 'a socket',
  device: 'a device',
  loop: 'a link that leads back to itself',
};
/** What stands where a file is expected. */
export const otherKind = (kind: string | undefined): string => otherKinds[kind ?? ''] ?? 'no file';
