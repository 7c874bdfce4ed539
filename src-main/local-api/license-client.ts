import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiConnection, closed } from './client/api-connection.ts';
import { EventReader, isLasting, reconnectWaitMs, MissedTokens } from './client/event-stream.ts';
import { namedAddress, profileFolder, readAddress } from './client/find-console.ts';
import { LicenseApiError } from './client/license-api-error.ts';
import type { LicenseEvent } from './client/license-event.ts';
import type { HealthAnswer, KeySetAnswer } from './wire/endpoints.ts';
import type { LicenseAnswer } from './wire/license-answer.ts';
import type { ProofAnswer, TokenAnswer } from './wire/token-messages.ts';
import type { VerifyAnswer } from './wire/verify-messages.ts';

export { LicenseApiError };

export interface LicenseClientOptions {
  /**
   * The path of the API's socket, the name of its pipe, or `http://127.0.0.1:PORT`. Default: the environment variable
   * `FUSION_LICENSE_API`, then the file `license-api.json` that this account's console writes.
   */
  readonly address?: string;
  /** The client's secret, `flc_…`. Default: the environment variable `FUSION_LICENSE_API_SECRET`. */
  readonly secret?: string;
  /** The folder of the console's files. Default: the usual folder of this account. */
  readonly profileFolder?: string;
  /** How long a call may take, in ms. Default: 5,000. */
  readonly timeoutMs?: number;
  /** An event stream that stays silent for this long is reconnected, in ms. Default: 150,000. */
  readonly silenceMs?: number;
}

/** A peer's proof of possession and the request it came with (RFC 9449 §4.3). */
export interface ProofToCheck {
  readonly proof: string;
  readonly method: string;
  readonly url: string;
}

/** The request that a proof is for (RFC 9449 §4.2). */
export interface RequestToProve {
  readonly method: string;
  readonly url: string;
  /** The nonce from the hub's `DPoP-Nonce` header, if it sent one. */
  readonly nonce?: string;
}

/**
 * Calls the local license API of the Fusion License Console on this computer. A call that fails rejects with a
 * {@link LicenseApiError}. No call waits longer than `timeoutMs`. Connections are kept open between calls.
 */
export class LicenseClient {
  readonly #connection: ApiConnection;
  readonly #silenceMs: number;
  readonly #closed = new AbortController();

  /** Throws `secret_missing`, or `address_refused` for an address that is not on this computer. */
  constructor(options: LicenseClientOptions = {}) {
    const secret = options.secret ?? process.env['FUSION_LICENSE_API_SECRET'] ?? '';
    // Node's error for an invalid header value would contain the secret.
    if (!/^[\x21-\x7e]+$/.test(secret)) throw secretMissing(secret);
    const text = options.address ?? process.env['FUSION_LICENSE_API'];
    const named = text ? namedAddress(text) : null;
    const folder = options.profileFolder ?? profileFolder();
    this.#silenceMs = options.silenceMs ?? 150_000;
    this.#connection = new ApiConnection({
      address: () => named ?? readAddress(folder),
      host: named?.host ? `${named.host === '::1' ? '[::1]' : named.host}:${named.port}` : 'localhost',
      secret,
      timeoutMs: options.timeoutMs ?? 5_000,
    });
  }

  /** The state of this server's license. Needs the permission `read`. */
  license(): Promise<LicenseAnswer> {
    return this.#ask('GET', '/v1/license');
  }

  /**
   * The current license token of this server, to present to its hub. Do not store it: call again instead. Needs `token`.
   * Codes: `not_licensed`, `token_expired`, and `secret_store_…` if the keychain cannot be read.
   */
  token(): Promise<TokenAnswer> {
    return this.#ask('GET', '/v1/token');
  }

  /** Whether to trust the license token of a register or another server, and if not, why. Needs `verify`. */
  verify(token: string, proof?: ProofToCheck): Promise<VerifyAnswer> {
    return this.#ask('POST', '/v1/verify', proof ? { token, proof } : { token });
  }

  /** A proof of possession for one request with a token of type `DPoP`. Needs `token`. Code: `token_not_bound`. */
  prove(request: RequestToProve): Promise<ProofAnswer> {
    return this.#ask('POST', '/v1/proof', request);
  }

  /** The public keys that license tokens are signed with. Code: `signing_keys_unavailable`. */
  jwks(): Promise<KeySetAnswer> {
    return this.#ask('GET', '/v1/jwks');
  }

  /** Checks that the API answers, and returns the console's version. Needs no permission. */
  health(): Promise<HealthAnswer> {
    return this.#ask('GET', '/v1/health');
  }

  /**
   * Yields the license at once and after every change, and an event for each new token, including one that came while
   * disconnected. Reconnects while it is being read, even if the console was closed. Ends when `signal` aborts or the client
   * is closed. Needs `read`. Rejects only if a retry would not help, as for `unauthorized` and `forbidden`.
   */
  async *events(signal?: AbortSignal): AsyncGenerator<LicenseEvent, void, void> {
    const ended = new AbortController();
    const end = () => ended.abort();
    const signals = signal ? [signal, this.#closed.signal] : [this.#closed.signal];
    for (const one of signals) one.addEventListener('abort', end, { once: true });
    if (signals.some(({ aborted }) => aborted)) end();
    const missed = new MissedTokens();
    try {
      for (let failures = 0; !ended.signal.aborted; failures += 1) {
        if (failures > 0) await wait(reconnectWaitMs(failures - 1, Math.random()), null, { signal: ended.signal });
        try {
          for await (const event of this.#eventsOfOneConnection(ended.signal, missed)) {
            failures = 0;
            yield event;
            // The reader may have aborted on this event. Further events of the same piece are then dropped.
            if (ended.signal.aborted) return;
          }
        } catch (error) {
          if (isLasting(error)) throw error;
        }
      }
    } catch (error) {
      if (!ended.signal.aborted) throw error;
    } finally {
      for (const one of signals) one.removeEventListener('abort', end);
    }
  }

  /** Ends every call and stream, and closes the connections. */
  close(): void {
    this.#closed.abort();
    this.#connection.close();
  }

  async #ask<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    if (this.#closed.signal.aborted) throw closed();
    return (await this.#connection.ask({ method, path, ...(body && { body }) })) as T;
  }

  async *#eventsOfOneConnection(signal: AbortSignal, missed: MissedTokens): AsyncGenerator<LicenseEvent, void, void> {
    const answer = await this.#connection.stream('/v1/events', signal);
    const stop = () => answer.destroy();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const reader = new EventReader();
    answer.setEncoding('utf8');
    let isFirst = true;
    try {
      for await (const piece of piecesOf(answer, this.#silenceMs))
        for (const event of reader.read(piece)) {
          yield* missed.eventsFor(event, isFirst);
          isFirst = false;
        }
    } catch (error) {
      // A lost connection is always retried. An event that is too large does not come from this API, so that error is passed on.
      if (error instanceof LicenseApiError) throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      answer.destroy();
    }
  }
}

/** The pieces of the answer, until it ends or stays silent for `silenceMs`. Time in which the caller does not read does not count. */
async function* piecesOf(answer: IncomingMessage, silenceMs: number): AsyncGenerator<string, void, void> {
  const pieces = answer[Symbol.asyncIterator]() as AsyncIterator<string>;
  for (;;) {
    const timer = setTimeout(() => answer.destroy(), silenceMs);
    const next = await pieces.next().finally(() => clearTimeout(timer));
    if (next.done) return;
    yield next.value;
  }
}

function secretMissing(secret: string): LicenseApiError {
  const title =
    secret === '' ? 'No client secret: set FUSION_LICENSE_API_SECRET' : 'The secret contains a space or a line break';
  const detail = 'The console creates one with each client: under Registers & servers, or with "license-console api".';
  return new LicenseApiError('secret_missing', title, { detail });
}
