/** The syntax of a nonce (RFC 9449 §8.1). A nonce longer than any real one is ignored. */
const nonceSyntax = /^[\x21\x23-\x5b\x5d-\x7e]{1,1000}$/;

/**
 * The nonces that an Authorization server expects in the next proof (RFC 9449 §8.2), by origin. Kept in memory only: a missing or
 * outdated nonce costs only one more request.
 */
export class ServerNonces {
  readonly #newest = new Map<string, string>();

  /** The nonce for the next proof to that address. Undefined until the server has sent one. */
  nextFor(url: string): string | undefined {
    return this.#newest.get(new URL(url).origin);
  }

  /** Remembers the nonce of a response, if it has one. A successful response can have one too. */
  remember(url: string, header: string | null | undefined): void {
    if (isNonce(header)) this.#newest.set(new URL(url).origin, header);
  }
}

/** Is the value of a `DPoP-Nonce` header usable? */
export function isNonce(header: string | null | undefined): header is string {
  return typeof header === 'string' && nonceSyntax.test(header);
}
