import type { ConsoleState } from './console-state.ts';

/** What the title bar says about the Authorization server. */
export interface Environment {
  readonly host: string;
  /** Set if nobody should mistake this server for the production one; otherwise `null`. */
  readonly kind: 'sandbox' | 'this_computer' | null;
}

const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|.+\.localhost)$/i;

/** Only a server that declares itself a sandbox counts as one. Its name, or that it runs on this computer, is not enough. */
export function environmentOf(issuer: string, { isSandbox }: Pick<ConsoleState, 'isSandbox'>): Environment {
  const isHere = URL.canParse(issuer) && loopbackHost.test(new URL(issuer).hostname);
  return { host: hostOfIssuer(issuer), kind: isSandbox ? 'sandbox' : isHere ? 'this_computer' : null };
}

/** The host of an Authorization server's address; an address that cannot be parsed is returned unchanged. */
export const hostOfIssuer = (issuer: string): string => (URL.canParse(issuer) ? new URL(issuer).host : issuer);

/** An address as a browser's address bar shows it: punycode, no credentials, and no trailing slash if there is no path. */
export function shownAddress(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.pathname === '/' && url.search === '' && url.hash === '' ? url.origin : url.href;
}

/** A typed address with the missing scheme added, or `null` if nothing is missing. Only loopback hosts get `http`. */
export function completedAddress(typed: string): string | null {
  const text = typed.trim();
  if (
    text === '' ||
    /\s/.test(text) ||
    /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ||
    /^(mailto|javascript|data|file):/i.test(text)
  ) {
    return null;
  }
  const rest = text.replace(/^\/+/, '');
  const withHttp = `http://${rest}`;
  if (!URL.canParse(withHttp)) return null;
  return loopbackHost.test(new URL(withHttp).hostname) ? withHttp : `https://${rest}`;
}
