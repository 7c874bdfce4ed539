import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiConnection, closed } from './client/api-connection.ts';
import { EventReader, isLasting, reconnectWaitMs, TokenHeard } from './client/event-stream.ts';
import { namedAddress, profileFolder, readAddress } from './client/find-console.ts';
import { LicenseApiError } from './client/license-api-error.ts';
import type {
  HealthAnswer,
  KeySetAnswer,
  LicenseAnswer,
  LicenseEvent,
  ProofAnswer,
  TokenAnswer,
  VerifyAnswer,
} from './client/wire-answers.ts';

export { LicenseApiError };

export interface LicenseClientOptions {
  /**
   * The path of the API's socket, the name of its pipe, or `http://127.0.0.1:PORT`. Unless said here or in the environment
   * (`FUSION_LICENSE_API`), it is found by the file `license-api.json` that the console of this account keeps.
   */
  readonly address?: string;
  /** The client's secret, `flc_…`; else that of the environment (`FUSION_LICENSE_API_SECRET`). */
  readonly secret?: string;
  /** Where the console keeps its files, where that is not the usual place. */
  readonly profileFolder?: string;
  /** How long a call may take, in ms; 5,000 unless said. */
  readonly timeoutMs?: number;
  /** After so long without a sign of life a stream of events is opened anew, in ms; 150,000 unless said. */
  readonly silenceMs?: number;
}

/** A peer's proof of possession, with the request that it came with (RFC 9449 §4.3). */
export interface ProofToCheck {
  readonly proof: string;
  readonly method: string;
  readonly url: string;
}

/** The request that a proof is for (RFC 9449 §4.2). */
export interface RequestToProve {
  readonly method: string;
  readonly url: string;
  /** What the hub asked for by `DPoP-Nonce`, where it did. */
  readonly nonce?: string;
}

/**
 * Calls the local license API of the Fusion License Console on this computer. Every call rejects with a
 * {@link LicenseApiError}; none waits longer than `timeoutMs`. Connections are kept open between calls.
 */
export class LicenseClient {
  readonly #connection: ApiConnection;
  readonly #silenceMs: number;
  readonly #closed = new AbortController();

  /** Throws `secret_missing`, or `address_refused` for an address that is not on this computer. */
  constructor(options: LicenseClientOptions = {}) {
    const secret = options.secret ?? process.env['FUSION_LICENSE_API_SECRET'] ?? '';
    // What is no header value would be told in the error of whoever refuses it.
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

  /** How this server's license stands. Needs the permission `read`. */
  license(): Promise<LicenseAnswer> {
    return this.#ask('GET', '/v1/license');
  }

  /**
   * This server's license token as it is now, to present to its hub; ask again rather than keep it. Needs `token`.
   * Codes: `not_licensed`, `token_expired`, and `secret_store_…` where the keychain cannot be read.
   */
  token(): Promise<TokenAnswer> {
    return this.#ask('GET', '/v1/token');
  }

  /** Whether a register's or another server's license token is to be trusted, and why not. Needs `verify`. */
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

  /** That the API answers, and the console's version. Needs no permission. */
  health(): Promise<HealthAnswer> {
    return this.#ask('GET', '/v1/health');
  }

  /**
   * The license as it stands, at once and after every change, and each new token, one that came while it was not connected
   * included; connects anew for as long as it is read, a console that is closed included. Ends when `signal` aborts or the client is closed. Needs `read`; rejects where
   * waiting would not help, as for `unauthorized` and `forbidden`.
   */
  async *events(signal?: AbortSignal): AsyncGenerator<LicenseEvent, void, void> {
    const ended = new AbortController();
    const end = () => ended.abort();
    const signals = signal ? [signal, this.#closed.signal] : [this.#closed.signal];
    for (const one of signals) one.addEventListener('abort', end, { once: true });
    if (signals.some(({ aborted }) => aborted)) end();
    const heard = new TokenHeard();
    try {
      for (let failures = 0; !ended.signal.aborted; failures += 1) {
        if (failures > 0) await wait(reconnectWaitMs(failures - 1, Math.random()), null, { signal: ended.signal });
        try {
          for await (const event of this.#eventsOfOneConnection(ended.signal, heard)) {
            failures = 0;
            yield event;
            // What had arrived with it is not told to whoever has ended this.
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

  /** Ends every call and stream, and lets go of the connections. */
  close(): void {
    this.#closed.abort();
    this.#connection.close();
  }

  async #ask<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    if (this.#closed.signal.aborted) throw closed();
    return (await this.#connection.ask({ method, path, ...(body && { body }) })) as T;
  }

  async *#eventsOfOneConnection(signal: AbortSignal, heard: TokenHeard): AsyncGenerator<LicenseEvent, void, void> {
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
          yield* heard.heard(event, isFirst);
          isFirst = false;
        }
    } catch (error) {
      // However it ended, it is connected anew; an event that is too large is none of this API.
      if (error instanceof LicenseApiError) throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      answer.destroy();
    }
  }
}

/** What arrives, until it ends, or until nothing has come for so long. Time in which nobody reads does not count. */
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
    secret === '' ? 'No client secret: set FUSION_LICENSE_API_SECRET' : 'The client secret holds a blank or a line end';
  const detail = 'The console makes one with each client: under Registers & servers, or by "license-console api".';
  return new LicenseApiError('secret_missing', title, { detail });
}
