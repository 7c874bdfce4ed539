import type { MailDraft } from '../../src-shared/support/mail-draft.ts';

/** Opens an address in the person's own browser. Resolves to false if the address may not be opened. */
export interface Browser {
  open(url: string, allowedHosts: readonly string[]): Promise<boolean>;
  /**
   * Opens a web page (https), a new e-mail (mailto) or a call (tel) in the person's program for it. Resolves to false if no program opened
   * it, or for any other address.
   */
  openContact(address: string): Promise<boolean>;
  /** Opens a new e-mail in the person's e-mail program. Resolves to false if none opened it, or if it has no mailto address. */
  openMail(draft: MailDraft): Promise<boolean>;
}
