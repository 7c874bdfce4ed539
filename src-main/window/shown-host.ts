/** The longest name of a host (RFC 1035 §2.3.4), with a scheme and a port. */
const mostCharacters = 270;

/**
 * The host of an address, as it is looked up: without what stands before an `@`, and in the letters of the name system
 * (RFC 5891), so that no host looks like another. Too long a host is cut at its beginning, since its end says who owns it.
 */
export function hostIn(address: string): string {
  if (!URL.canParse(address)) return '';
  const { host, protocol } = new URL(address);
  return cutLeft(host || protocol);
}

export function cutLeft(text: string): string {
  return text.length > mostCharacters ? `…${text.slice(-mostCharacters)}` : text;
}
