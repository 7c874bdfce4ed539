import { shell } from 'electron';
import { mailtoAddress } from '../../../src-shared/support/mail-draft.ts';
import { isContact } from '../../../src-shared/support/support-contact.ts';
import type { Browser } from '../../ports/browser.ts';
import { withUmaskOfStart } from '../disk/own-rights.ts';

/** Opens https addresses of exactly the allowed hosts (and plain http of loopback among them) in the person's browser. */
export const systemBrowser: Browser = {
  async open(url, allowedHosts) {
    if (!mayOpen(url, allowedHosts)) return false;
    await withUmaskOfStart(() => shell.openExternal(new URL(url).href));
    return true;
  },
  async openContact(address) {
    return isContact(address) && opened(new URL(address).href);
  },
  async openMail(draft) {
    const address = mailtoAddress(draft);
    return address !== null && opened(address);
  },
};

function opened(address: string): Promise<boolean> {
  return withUmaskOfStart(() => shell.openExternal(address)).then(
    () => true,
    () => false,
  );
}

/** Allows https, and http of loopback. Any other scheme may start a program. */
export function mayOpen(url: string, allowedHosts: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, hostname, username, password } = new URL(url);
  const loopback = protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
  return (protocol === 'https:' || loopback) && !username && !password && allowedHosts.includes(host);
}
