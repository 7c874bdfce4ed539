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

/** How a pasted address was changed. `secured`: from http to https. `trimmed`: what does not belong to it was left out. */
export type AddressChange = 'https_added' | 'http_added' | 'secured' | 'trimmed';

export interface ReadAddress {
  readonly address: string;
  readonly changes: readonly AddressChange[];
  /** It is an e-mail address. Its host need not be the Authorization server's. */
  readonly isEmail: boolean;
}

const email = /^(mailto:)?[^\s/@:]+@[^\s/@:]+$/i;
const hostOrAddress = /^(https?:\/\/)?([^\s/@.]+\.)+[^\s/@.]{2,}\.?(:\d+)?([/?#].*)?$/i;
const wellKnown = /\/\.well-known\/(openid-configuration|oauth-authorization-server)/;

/**
 * The Authorization server's address in what a person typed or pasted, as far as that can be understood. What cannot is returned as
 * typed, and then refused with a reason. A path stays, because an address may have one.
 */
export function readAddress(typed: string): ReadAddress {
  const text = unwrapped(typed);
  if (email.test(text)) return { address: text, changes: [], isEmail: true };
  const plain = text.replace(/^(https?)(:[\\/]*|[\\/]{2,})(?=[^\\/\d])/i, (_whole, scheme: string) => `${scheme}://`);
  const completed = completedAddress(plain);
  const whole = completed ?? plain;
  if (!URL.canParse(whole) || !/^https?:\/\//i.test(whole))
    return { address: typed.trim(), changes: [], isEmail: false };
  const secured = whole.replace(/^http:(?=\/\/)/i, 'https:');
  const { protocol, hostname, port, username, password } = new URL(whole);
  // Another port for http cannot be the one for https.
  const isSecured = completed === null && protocol === 'http:' && port === '' && !loopbackHost.test(hostname);
  const address = username || password ? whole : withoutRest(isSecured ? secured : whole);
  const changes: AddressChange[] = [];
  if (completed !== null) changes.push(protocol === 'https:' ? 'https_added' : 'http_added');
  if (isSecured) changes.push('secured');
  if (address !== (isSecured ? secured : whole) || text !== typed.trim()) changes.push('trimmed');
  return { address, changes, isEmail: false };
}

/** Without invisible signs, quotes, blanks and a full stop around it, and out of a sentence that names one address only. */
function unwrapped(typed: string): string {
  const visible = typed.replace(/[\p{Cc}\p{Cf}]/gu, ' ').trim();
  const words = visible
    .split(/\s+/)
    .map(bare)
    .filter((word) => word !== '');
  const [first = '', ...others] = words;
  if (others.length === 0) return first;
  const addresses = words.filter((word) => hostOrAddress.test(word));
  const [found] = addresses;
  const isCut = /^https?:/i.test(first) && found !== first;
  if (addresses.length === 1 && found !== undefined && !isCut) return found;
  const joined = bare(visible.replace(/\s+/g, ''));
  return addresses.length < 2 && hostOrAddress.test(joined) ? joined : visible;
}

const bare = (word: string): string => word.replace(/^["'`“”„‘’«»<(]+|["'`“”‘’«»>),;.!]+$/gu, '');

/** Without query, fragment, the place of the metadata (RFC 8414 §3) and the dot that may end a host. */
function withoutRest(address: string): string {
  const [path = ''] = address.split(/[?#]/);
  return path.replace(wellKnown, '').replace(/^(https?:\/\/[^/]*[^./])\.(?=[:/]|$)/i, '$1');
}

const mostAddresses = 6;

/**
 * The addresses at which the Authorization server may be, the given one first: the address may be that of one of its pages, and
 * `www` may be too much.
 */
export function addressesToTry(address: string): readonly string[] {
  if (!URL.canParse(address)) return [address];
  const { origin, hostname, pathname } = new URL(address);
  const steps = pathname.split('/').filter((step) => step !== '');
  const parents = steps.map((_step, index) => [origin, ...steps.slice(0, steps.length - 1 - index)].join('/'));
  const bareHost = hostname.startsWith('www.') ? [origin.replace('://www.', '://')] : [];
  return [address, ...parents, ...bareHost].slice(0, mostAddresses);
}
