/**
 * Whom to ask for support, in an administrator's words. Every member is optional, but there is always a phone number, an e-mail address or a
 * page.
 */
export interface SupportContact {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  /** An https address. */
  readonly url?: string | undefined;
  /** When they can be reached, in the administrator's words. */
  readonly hours?: string | undefined;
}

export type SupportContactState =
  | { readonly state: 'none' }
  | { readonly state: 'set'; readonly contact: SupportContact }
  | {
      readonly state: 'refused';
      readonly file: string;
      readonly reason: 'writable' | 'unreadable' | 'malformed';
    };

/** The members of a contact that a program can open. */
export const supportLinks = ['phone', 'email', 'url'] as const;
export type SupportLink = (typeof supportLinks)[number];

/** The address that opens a member in the program for it. Null if the contact does not have it. */
export function linkOf(contact: SupportContact, by: SupportLink): string | null {
  const value = contact[by];
  if (value === undefined) return null;
  if (by === 'phone') return `tel:${value.replaceAll(/[^+\d]/g, '')}`;
  return by === 'email' ? `mailto:${value}` : value;
}

/** Is it an https address, or only the address of an e-mail or a phone number? An e-mail address must not add a text or a file. */
export function isContact(address: string): boolean {
  if (/^mailto:[\w.+-]+@[\w.-]+$/.test(address) || /^tel:\+?\d+$/.test(address)) return true;
  if (!URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  return protocol === 'https:' && !username && !password;
}
