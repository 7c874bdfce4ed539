import type { Edition } from '../../servers/server-profile.ts';
import { frameWords } from './frame-words.ts';
import { dates } from './time-spans.ts';

/** What a message to head office contains. Each text is one line. */
interface AuthorizationRequest {
  readonly serverName: string;
  readonly edition: Edition;
  /** The host of the Authorization server. */
  readonly authorizationServer: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete?: string | undefined;
  readonly otherSite?: true | undefined;
  /** When the code expires, in ms. */
  readonly endsAt: number;
}

/** The message with which a store asks head office to authorize its server. */
export const headOfficeWords = {
  action: 'Ask head office…',
  heading: 'Ask head office',
  explains:
    'If nobody at this store is allowed to sign in, send this message to a person who is. They call you back before they confirm, so stay near the phone and the console.',
  messageLabel: 'The message',
  copy: 'Copy',
  copied: 'Message copied to the clipboard',
  mail: 'Open in e-mail',
  mailOpened: 'The message is in the e-mail program. Check the recipient, then send it.',
  phone: 'Use a phone',
  showMessage: 'Show the message',
  phoneNote: 'Scan it with a phone. Its e-mail program opens with the message.',
  phoneAlternative: 'QR code of an e-mail with the message',
  tooLong: 'The message is too long for an e-mail link. Copy it instead.',
  close: 'Close',
  oldCode: 'Your message has an old code',
  subject: (serverName: string): string => `Please authorize the POS server ${serverName}`,
  lines: (request: AuthorizationRequest): readonly string[] => [
    'Please authorize this POS server. Nobody at the store is allowed to sign in.',
    '',
    'Before you confirm, call the store back on a number that you already know, and compare the User Code. If the store did not ask for this, do not confirm.',
    '',
    `Server: ${request.serverName}`,
    `Edition: ${frameWords.editions[request.edition]}`,
    `Authorization server: ${request.authorizationServer}`,
    `User Code: ${request.userCode}`,
    `Page: ${request.verificationUri}`,
    ...(request.verificationUriComplete === undefined
      ? []
      : [`Page with the code filled in: ${request.verificationUriComplete}`]),
    ...(request.otherSite
      ? ['The page is on a different site from the Authorization server. Open it only if you know that site.']
      : []),
    '',
    `This code expires at ${dates.timeAbroad(request.endsAt)}. If it has expired, ask the store for a new one.`,
  ],
};
