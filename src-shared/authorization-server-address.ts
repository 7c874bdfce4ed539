import type { ConsoleState } from './console-state.ts';

/** What the title says of the Authorization server. */
export interface Environment {
  readonly host: string;
  /** What a person should not take for the server that they sell by; `null` where that is it. */
  readonly kind: 'sandbox' | 'this_computer' | null;
}

const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|.+\.localhost)$/i;

/** The sandbox says that it is one: neither its name nor that it runs on this computer makes a server a sandbox. */
export function environmentOf(issuer: string, { isSandbox }: Pick<ConsoleState, 'isSandbox'>): Environment {
  const isHere = URL.canParse(issuer) && loopbackHost.test(new URL(issuer).hostname);
  return { host: hostOfIssuer(issuer), kind: isSandbox ? 'sandbox' : isHere ? 'this_computer' : null };
}

/** The host of an Authorization server's address; an address that cannot be read is shown as it is. */
export const hostOfIssuer = (issuer: string): string => (URL.canParse(issuer) ? new URL(issuer).host : issuer);

/** An address as the address bar of a browser shows it: punycode, no credentials, no path where there is none. */
export function shownAddress(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.pathname === '/' && url.search === '' && url.hash === '' ? url.origin : url.href;
}

/** A typed address with the scheme that was left out, or `null` where nothing is missing. Only loopback gets `http`. */
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
