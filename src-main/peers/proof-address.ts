/**
 * Normalizes the address that a proof is for, so that it can be compared (RFC 9449 §4.3, step 9; RFC 3986 §6.2.2, §6.2.3): removes
 * query, fragment, default port and dot segments, and normalizes the host's case and percent-encodings. Null if it is not an http
 * or https address without user information.
 */
export function proofAddress(text: string): string | null {
  if (text.length > 2000 || !URL.canParse(text)) return null;
  const { protocol, username, password, origin, pathname } = new URL(text);
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return null;
  return `${origin}${normalPath(pathname)}`;
}

/** RFC 3986 §2.3: an unreserved character means the same with and without percent-encoding. */
function normalPath(path: string): string {
  return path.replaceAll(/%[0-9a-f]{2}/gi, (encoded) => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : encoded.toUpperCase();
  });
}
