import { dates } from './time-spans.ts';

/** The question about a client certificate that a server wants. */
export const certificateWords = {
  heading: 'A server asks who you are',
  why: (origin: string): string =>
    `The server ${origin} asks for a certificate. A certificate tells the server who you are, so choose one only if you know this server.`,
  kept: 'Nothing is sent until you choose. Your choice applies until you sign out of the Authorization server or quit.',
  legend: 'Your certificates on this computer',
  hint: 'If you do not know which one is right, ask the people who run your network.',
  unnamed: 'Certificate without a name',
  note: (issuer: string, validUntilAt: number): string =>
    `${issuer === '' ? '' : `Issued by ${issuer}. `}Valid until ${dates.date(validUntilAt)}.`,
  missing: 'Choose a certificate, or choose Do not use a certificate.',
  submit: 'Use this certificate',
  cancel: 'Do not use a certificate',
};
