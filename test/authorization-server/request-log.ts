/** A log of all requests with their times, so that tests can count polls and measure the time between them. */
import type { IncomingMessage } from 'node:http';
import { type SeenProof, seenProof } from './seen-proof.ts';

export const endpoints = ['discovery', 'jwks', 'device_authorization', 'token', 'revocation', 'pages'] as const;
export type Endpoint = (typeof endpoints)[number];

export interface RequestEntry {
  readonly endpoint: Endpoint;
  readonly method: string;
  readonly path: string;
  /** Time of arrival in milliseconds of the server process's monotonic clock. Only differences are meaningful. */
  readonly at: number;
  /** When the answer was sent or the connection broke; absent while the request is in progress. */
  finishedAt?: number;
  status?: number;
  /** `grant_type` of a token request. */
  grantType?: string;
  /** The OAuth error code of the answer (RFC 6749 §5.2, RFC 8628 §3.5). */
  error?: string;
  /** The DPoP proof of the request. */
  readonly proof?: SeenProof;
  /** The fault that was applied to this request. */
  fault?: string;
}

const entries = new WeakMap<IncomingMessage, RequestEntry>();

/** The log entry of a request in progress. */
export function requestEntry(request: IncomingMessage): RequestEntry | undefined {
  return entries.get(request);
}

export class RequestLog {
  #entries: RequestEntry[] = [];

  begin(request: IncomingMessage, endpoint: Endpoint, path: string): RequestEntry {
    const proof = seenProof(request.headers['dpop']);
    const entry: RequestEntry = {
      endpoint,
      method: request.method ?? 'GET',
      path,
      at: performance.now(),
      ...(proof === undefined ? {} : { proof }),
    };
    entries.set(request, entry);
    this.#entries.push(entry);
    return entry;
  }

  list(endpoint?: Endpoint): RequestEntry[] {
    return this.#entries.filter((entry) => endpoint === undefined || entry.endpoint === endpoint);
  }

  clear(): void {
    this.#entries = [];
  }
}
