/**
 * The address that a proof is for, as it is compared (RFC 9449 §4.3, step 9; RFC 3986 §6.2.2, §6.2.3): http or https, without
 * query and fragment, host in lower case, no default port, dot segments gone, percent-encodings normal. Null where it is none.
 */
export function proofAddress(text: string): string | null {
  if (text.length > 2000 || !URL.canParse(text)) return null;
  const { protocol, username, password, origin, pathname } = new URL(text);
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return null;
  return `${origin}${normalPath(pathname)}`;
}

/** RFC 3986 §2.3: an unreserved character means the same with and without its percent-encoding. */
function normalPath(path: string): string {
  return path.replaceAll(/%[0-9a-f]{2}/gi, (encoded) => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : encoded.toUpperCase();
  });
}
