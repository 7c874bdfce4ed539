import { type Failure, serverReason } from '../../result.ts';
import { sentenceOf } from './time-spans.ts';

export interface FailureWords {
  readonly headline: string;
  readonly meaning: string;
}

/** A headline and its meaning as one text. */
export const inSentences = ({ headline, meaning }: FailureWords): string => `${sentenceOf(headline)} ${meaning}`;

/** What the screen knows in addition to the failure itself. */
export interface FailureContext {
  /** The User Code that was denied or that expired. */
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

/** The familiar name of a keychain, by the name of its program. */
export const keychainName = (program: string | undefined): string =>
  program === undefined ? 'another program' : (keychainNames[program] ?? program);

/** The host that a failure is about, for the beginning of a sentence. */
export const hostOf = (failure: Failure): string => failure.facts?.['host'] || 'The Authorization server';
/** The same, for the middle of a sentence. */
export const hostWithin = (failure: Failure): string => failure.facts?.['host'] || 'the Authorization server';

/** The server's own message, as a separate sentence. */
export const itSays = (reason: string): string => `It says: “${sentenceOf(reason)}”`;
/** The same where "it" could be mistaken for something else. */
export const serverSays = (reason: string): string => `The server says: “${sentenceOf(reason)}”`;
/** A sentence with the server's reason for a refusal, to append to the text; '' if the server gave none. */
export const reasonBehind = (failure: Failure): string => {
  const reason = serverReason(failure);
  return reason === undefined ? '' : ` ${serverSays(reason)}`;
};

const otherKinds: Readonly<Record<string, string>> = {
  folder: 'a folder',
  pipe: 'a pipe (FIFO)',
  socket: 'a socket',
  device: 'a device',
  loop: 'a link that leads back to itself',
};
/** What was found where a file is expected. */
export const otherKind = (kind: string | undefined): string => otherKinds[kind ?? ''] ?? 'something else';
