import type { SupportContact, SupportContactState, SupportLink } from '../../support/support-contact.ts';

type Refusal = Extract<SupportContactState, { state: 'refused' }>;

const reasons: Readonly<Record<Refusal['reason'], string>> = {
  writable: 'Ordinary users can change it, so it may not be from an administrator.',
  unreadable: 'This account may not read it.',
  malformed: 'It needs a form like this: { "support": { "name": "Help desk", "phone": "+1 555 0100" } }.',
};

/** A contact on one line. */
export function contactText({ name, phone, email, url, hours }: SupportContact): string {
  const parts = [name, phone, email, url, hours].filter((part) => part !== undefined);
  return parts.join(', ');
}

/** Whom a person can ask. */
export const supportWords = {
  labels: { name: 'Your support', phone: 'Phone', email: 'E-mail', url: 'Web page', hours: 'Hours' } satisfies Record<
    keyof SupportContact,
    string
  >,
  reach: { phone: 'Call', email: 'Write an e-mail', url: 'Open in browser' } satisfies Record<SupportLink, string>,
  contact: 'Contact support',
  contactText,
  /** How to get help if the console does not start. */
  saveInTerminal: 'To save what support asks for, run in a terminal: license-console diagnose --save=diagnostics.zip',
  refused: {
    headline: 'The support contact of this computer was not used',
    meaning: ({ file, reason }: Refusal): string =>
      `The file is ${file}. ${reasons[reason]} Ask the administrator of this computer.`,
  },
};
