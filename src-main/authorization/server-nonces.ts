/** RFC 9449 §8.1: what a nonce is made of; what is longer than any real one counts as absent. */
const nonceSyntax = /^[\x21\x23-\x5b\x5d-\x7e]{1,1000}$/;

/**
 * The nonces that an Authorization server wants to see in the next proof (RFC 9449 §8.2), by origin. In memory only: one that
 * is missing or too old costs one more request.
 */
export class ServerNonces {
  readonly #newest = new Map<string, string>();

  /** For the next proof to that address; absent before the server gave one. */
  nextFor(url: string): string | undefined {
    return this.#newest.get(new URL(url).origin);
  }

  /** Takes up the nonce of an answer, a success too, where it carries one. */
  hear(url: string, header: string | null | undefined): void {
    if (isNonce(header)) this.#newest.set(new URL(url).origin, header);
  }
}

/** Can that `DPoP-Nonce` header be used? */
export function isNonce(header: string | null | undefined): header is string {
  return typeof header === 'string' && nonceSyntax.test(header);
}
