/** The longest host name (RFC 1035 §2.3.4), with a scheme and a port. */
const mostCharacters = 270;

/**
 * The host of an address, as DNS resolves it: without the part before an `@`, and in ASCII form (RFC 5891), so that no host
 * looks like another one. A host that is too long is cut at its beginning, because its end says who owns it.
 */
export function hostIn(address: string): string {
  if (!URL.canParse(address)) return '';
  const { host, protocol } = new URL(address);
  return cutLeft(host || protocol);
}

export function cutLeft(text: string): string {
  return text.length > mostCharacters ? `…${text.slice(-mostCharacters)}` : text;
}

/** The address of a web page. Null for all others, such as that of an empty page. */
export function webAddress(address: string): URL | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : null;
}
