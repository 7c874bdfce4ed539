import { allowInsecureRequests, type AuthorizationServer, type Client, customFetch } from 'oauth4webapi';
import { present } from '../../src-shared/present.ts';
import { failure } from '../../src-shared/result.ts';
import type { Http, HttpAnswer, HttpOutcome, HttpPurpose } from '../ports/http.ts';
import { noAnswerFault, type ProtocolFault } from './oauth-failure.ts';
import type { ProofKey } from './proof-key.ts';
import type { ServerNonces } from './server-nonces.ts';

/** What every request to the Authorization server needs: the server's metadata and the client. */
export interface AuthorizationContext {
  readonly http: Http;
  readonly metadata: AuthorizationServer;
  readonly clientId: string;
  readonly signal?: AbortSignal;
  /** For tokens that are or will be bound to a key (RFC 9449). Absent for bearer tokens. */
  readonly proof?: ProofParts;
}

/** What is needed to create proofs of possession. */
interface ProofParts {
  readonly key: ProofKey;
  readonly nonces: ServerNonces;
  /** Trusted time, ms since the epoch. */
  readonly now: () => number;
}

/** The response to one request, whatever its status, or the reason why there was none. */
export type Exchange =
  | { readonly ok: true; readonly answer: HttpAnswer }
  | { readonly ok: false; readonly fault: ProtocolFault };

/** RFC 6749 §2.1: this console is a public client, so it has a client identifier but no secret. */
export function publicClient(context: AuthorizationContext): Client {
  return { client_id: context.clientId, token_endpoint_auth_method: 'none' };
}

/**
 * RFC 8707 §2. Every request of one grant sends the same resource. Many servers reject the parameter, so it is not sent unless one
 * is configured.
 */
export function resourceParameter(resource: string | undefined): { readonly resource?: string } {
  return resource === undefined ? {} : { resource };
}

/** Turns `invalid_target` into `resource_missing` if no resource was sent: the server requires one, so a retry cannot succeed. */
export function judgedTarget<O extends { readonly ok: true } | { readonly ok: false; readonly fault: ProtocolFault }>(
  outcome: O,
  resource: string | undefined,
): O {
  if (outcome.ok || resource !== undefined || outcome.fault.failure.code !== 'invalid_target') return outcome;
  const { failure: reason } = outcome.fault;
  return { ...outcome, fault: { ...outcome.fault, failure: { ...reason, ...failure('resource_missing') } } };
}

export type RequestOptions = ReturnType<typeof requestOptions>;

/**
 * Sends one request that the protocol library builds, through the http port. Returns the response unread and does not let the
 * library read it: the library rejects a response as a whole if any part is invalid, and a refresh token must not be lost
 * because of another member.
 */
export async function exchange(
  context: AuthorizationContext,
  purpose: HttpPurpose,
  send: (options: RequestOptions) => Promise<unknown>,
): Promise<Exchange> {
  const heard: { outcome?: HttpOutcome } = {};
  await send(requestOptions(context, purpose, (outcome) => (heard.outcome = outcome)));
  const { outcome } = heard;
  if (!outcome) throw new Error('The protocol library sent nothing');
  return outcome.ok ? outcome : { ok: false, fault: noAnswerFault(outcome) };
}

function requestOptions(
  { http, signal, proof }: AuthorizationContext,
  purpose: HttpPurpose,
  onOutcome: (outcome: HttpOutcome) => void,
) {
  return {
    // `discovery.ts` decides which http addresses are allowed: only loopback.
    [allowInsecureRequests]: true,
    [customFetch]: async (
      url: string,
      options: { method: string; headers: Record<string, string>; body?: unknown },
    ): Promise<Response> => {
      const outcome = await http.send({
        purpose,
        method: options.method === 'POST' ? 'POST' : 'GET',
        url,
        headers: options.headers,
        ...present({ body: options.body instanceof URLSearchParams ? options.body.toString() : undefined, signal }),
      });
      if (outcome.ok) proof?.nonces.remember(url, outcome.answer.headers['dpop-nonce']);
      onOutcome(outcome);
      return new Response();
    },
  };
}
