import type { ConsoleState } from '../window/console-state.ts';

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

/**
 * An issuer as it is usually written, and stored until its server has named itself: punycode, no credentials, and no trailing slash if
 * there is no path.
 */
export function plainIssuer(issuer: string): string {
  if (!URL.canParse(issuer)) return issuer;
  const url = new URL(issuer);
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
    /^(mailto|javascript|data|file):|^[a-z]:[\\/]/i.test(text)
  ) {
    return null;
  }
  const rest = text.replace(/^\/+/, '');
  const withHttp = `http://${rest}`;
  if (!URL.canParse(withHttp)) return null;
  return loopbackHost.test(new URL(withHttp).hostname) ? withHttp : `https://${rest}`;
}

/**
 * How a pasted address was changed. `secured`: from http to https. `repaired`: what was mistyped in it was corrected. `trimmed`: what does
 * not belong to it was left out.
 */
export type AddressChange = 'https_added' | 'http_added' | 'secured' | 'repaired' | 'trimmed';

export interface ReadAddress {
  readonly address: string;
  readonly changes: readonly AddressChange[];
  /** It is an e-mail address. Its host need not be the Authorization server's. */
  readonly isEmail: boolean;
}

const email = /^(mailto:)?[^\s/@:]+@[^\s/@:]+$/i;
const hostOrAddress = /^(https?:\/\/)?([^\s/@.]+\.)+[^\s/@.]{2,}\.?(:\d+)?([/?#].*)?$/i;
/** Digits and dots that are no address of a computer, such as a version or a code. */
const number = /^(?!\d{1,3}(?:\.\d{1,3}){3}$)[\d.]+$/;
const wellKnown = /\/\.well-known\/(openid-configuration|oauth-authorization-server)/;

/**
 * The Authorization server's address in what a person typed or pasted, as far as that can be understood. What cannot be is returned as
 * typed, and then refused with a reason. A path stays, because an address may have one.
 */
export function readAddress(typed: string): ReadAddress {
  const text = unwrapped(typed);
  if (email.test(text)) return { address: text, changes: [], isEmail: true };
  const plain = repaired(text);
  const completed = completedAddress(plain);
  const whole = completed ?? plain;
  if (!URL.canParse(whole) || !/^https?:\/\//i.test(whole))
    return { address: typed.trim(), changes: [], isEmail: false };
  const { protocol, hostname, port, username, password } = new URL(whole);
  // Another port for http cannot be the one for https.
  const isSecured =
    completed === null && protocol === 'http:' && ['', '443'].includes(port) && !loopbackHost.test(hostname);
  const secured = isSecured ? whole.replace(/^http:/i, 'https:') : whole;
  const stated = isSecured || completed !== null ? withoutPort(secured) : secured;
  const address = username || password ? whole : withoutRest(stated);
  const changes: AddressChange[] = [];
  if (completed !== null) changes.push(protocol === 'https:' ? 'https_added' : 'http_added');
  if (isSecured) changes.push('secured');
  if (plain !== text || asAscii(typed) !== typed) changes.push('repaired');
  if (address !== stated || text !== asAscii(typed).trim()) changes.push('trimmed');
  return { address, changes, isEmail: false };
}

/**
 * The address without invisible characters, and without quotes, blanks or a full stop around it. Also finds it in a longer text that
 * contains only one.
 */
function unwrapped(typed: string): string {
  const visible = asAscii(typed)
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    // Two addresses that were pasted one after the other.
    .replace(/(https?:\/\/[^\s/?#]+)(?=https?:\/\/)/gi, '$1 ')
    .trim();
  const words = visible
    .split(/\s+/)
    .map((word) => bare(linkIn(word)))
    .filter((word) => word !== '');
  const [first = '', ...others] = words;
  if (others.length === 0) return first;
  const addresses = words.filter((word) => hostOrAddress.test(word) && !number.test(word));
  const [found] = addresses;
  const isCut = /^https?:/i.test(first) && found !== first;
  const isOne = new Set(addresses.map(sameWhenRead)).size === 1;
  if (isOne && found !== undefined && !isCut) return found;
  const emails = words.filter((word) => email.test(word));
  if (addresses.length === 0 && emails.length === 1) return emails[0] as string;
  const joined = bare(visible.replace(/\s+/g, ''));
  return addresses.length < 2 && hostOrAddress.test(joined) ? joined : visible;
}

const link = /https?:\/\/(?:\[[\da-f:.]+\])?[^\s"'`“”„‘’‚«»‹›<>(){}[\]|^]+/i;

/** The link in a word of markup, such as JSON, HTML or Markdown. Other words stay, also an address with another one in it. */
function linkIn(word: string): string {
  const found = link.exec(word);
  if (!found || found.index === 0) return word;
  return hostOrAddress.test(bare(word.slice(0, found.index))) ? word : found[0];
}

const bracketed = /^\[[\da-f.]*:[\da-f:.]+\]/i;

function bare(word: string): string {
  const end = word.replace(/["'`“”„‘’‚«»‹›>),;.!…。、–—}]+$/gu, '');
  const start = end.replace(/^["'`“”„‘’‚«»‹›<({]+/gu, '');
  return bracketed.test(start) ? start : start.replace(/^\[+|\]+$/g, '');
}

/** Equal for two spellings of an address that lead to the same place. */
const sameWhenRead = (address: string): string =>
  withoutRest(address)
    .replace(/^https?:\/\//i, '')
    .replace(/\/+$/, '')
    .toLowerCase();

/** Full-width characters, which some keyboards type, become ASCII. */
function asAscii(text: string): string {
  return text.replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}

/** With "://" after the scheme, a single scheme, and brackets around an IPv6 address (RFC 3986 §3.2.2). */
function repaired(text: string): string {
  if (/^[a-z]:[\\/]/i.test(text)) return text;
  if (/^[\da-f]*:[\da-f]*:[\da-f:.]*$/i.test(text) && URL.canParse(`https://[${text}]`)) return `[${text}]`;
  return text
    .replace(/^\\+/, (slashes) => '/'.repeat(slashes.length))
    .replace(/^(https?)(:[\\/]*|[\\/]{2,})(?=[^\\/\d])/i, (_whole, scheme: string) => `${scheme}://`)
    .replace(/^(?:https?:\/\/)+(?=https?:\/\/)/i, '');
}

/** Port 80 is the one of http, and nobody types it for https. */
const withoutPort = (address: string): string => address.replace(/^(https:\/\/[^/?#]*):80(?=[/?#]|$)/i, '$1');

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
