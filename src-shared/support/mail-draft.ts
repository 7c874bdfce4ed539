/** An e-mail that the person's own program opens, ready to be sent. */
export interface MailDraft {
  /** Empty if the person enters the recipient. */
  readonly to: string;
  readonly subject: string;
  readonly lines: readonly string[];
}

/** Windows refuses to open an address that is longer than about 2,080 characters. */
const longestAddress = 2000;

/**
 * The mailto address (RFC 6068) of a draft, with a subject and a text and nothing else. Null if the recipient is not a plain e-mail
 * address, if a line contains a control character, or if the address would be too long to open.
 */
export function mailtoAddress({ to, subject, lines }: MailDraft): string | null {
  if (to !== '' && !/^[\w.+-]+@[\w.-]+$/.test(to)) return null;
  if ([subject, ...lines].some((line) => /\p{Cc}/u.test(line) || !line.isWellFormed())) return null;
  const address = `mailto:${to}?subject=${encoded(subject)}&body=${lines.map(encoded).join('%0D%0A')}`;
  return address.length > longestAddress ? null : address;
}

/** Encodes everything but letters, digits and `-._~`. The other signs that `encodeURIComponent` leaves may end a word for a shell. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
