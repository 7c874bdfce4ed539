import {
  allowInsecureRequests,
  type AuthorizationServer,
  type Client,
  clockSkew,
  clockTolerance,
  customFetch,
} from 'oauth4webapi';
import type { Failure } from '../../src-shared/result.ts';
import type { Http, HttpAnswer } from '../ports/http.ts';
import type { ProofKey } from './proof-key.ts';
import type { ServerNonces } from './server-nonces.ts';

/** What every request to the Authorization server needs: whom to ask, as which client, and how far the local clock is off. */
export interface AuthorizationContext {
  readonly http: Http;
  readonly metadata: AuthorizationServer;
  readonly clientId: string;
  /** Trusted time minus wall time, for protocol checks that read a clock. */
  readonly clockSkewSeconds: number;
  readonly signal?: AbortSignal;
  /** Where tokens are to be bound to a key, or are (RFC 9449); absent for bearer tokens. */
  readonly proof?: ProofParts;
}

/** What proofs of possession are made of. */
export interface ProofParts {
  readonly key: ProofKey;
  readonly nonces: ServerNonces;
  /** Trusted time, ms since the epoch. */
  readonly now: () => number;
}

/** Thrown through the protocol library where there was no answer to read; {@link oauthFailure} turns it back. */
export class NoAnswer extends Error {
  readonly failure: Failure;
  readonly maybeDelivered: boolean;
  constructor(failure: Failure, maybeDelivered: boolean) {
    super(failure.code);
    this.failure = failure;
    this.maybeDelivered = maybeDelivered;
  }
}

/** A clock that is off by no more is not called wrong, so nothing may fail for it. */
const clockToleranceSeconds = 300;

/** RFC 6749 §2.1: this console is a public client, so it has an identifier and no secret. */
export function publicClient(context: AuthorizationContext): Client {
  return {
    client_id: context.clientId,
    token_endpoint_auth_method: 'none',
    [clockSkew]: context.clockSkewSeconds,
    [clockTolerance]: clockToleranceSeconds,
  };
}

/** RFC 8707 §2: the same at every request of one grant; many servers refuse any, so none is sent where none is set. */
export function resourceParameter(resource: string | undefined): { readonly resource?: string } {
  return resource === undefined ? {} : { resource };
}

/** The protocol library's request options: every request goes through the http port. */
export function requestOptions({ http, signal, proof }: AuthorizationContext) {
  return {
    // Which plain-http addresses may be used is decided in `discovery.ts`, for loopback alone.
    [allowInsecureRequests]: true,
    [customFetch]: async (
      url: string,
      options: { method: string; headers: Record<string, string>; body?: unknown },
    ) => {
      const outcome = await http.send({
        method: options.method === 'POST' ? 'POST' : 'GET',
        url,
        headers: options.headers,
        ...(options.body instanceof URLSearchParams ? { body: options.body.toString() } : {}),
        ...(signal ? { signal } : {}),
      });
      if (!outcome.ok) throw new NoAnswer(outcome.failure, outcome.maybeDelivered);
      proof?.nonces.hear(url, outcome.answer.headers['dpop-nonce']);
      return toResponse(outcome.answer);
    },
  };
}

function toResponse(answer: HttpAnswer): Response {
  const bodyless = answer.status === 204 || answer.status === 304;
  return new Response(bodyless ? null : answer.body, { status: answer.status, headers: answer.headers });
}
