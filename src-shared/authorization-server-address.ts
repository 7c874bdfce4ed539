/** What the title says of the Authorization server: its host, and whether it is a sandbox on this computer or by name. */
export interface Environment {
  readonly host: string;
  readonly sandbox: boolean;
}

const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|.+\.localhost)$/i;

/** Host and kind of an Authorization server's address; an address that cannot be read is shown as it is. */
export function environmentOf(issuer: string): Environment {
  if (!URL.canParse(issuer)) return { host: issuer, sandbox: false };
  const { host, hostname } = new URL(issuer);
  return { host, sandbox: loopbackHost.test(hostname) || /(^|[.-])sandbox([.-]|$)/i.test(hostname) };
}

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
