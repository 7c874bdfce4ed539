import type { IncomingMessage, ServerResponse } from 'node:http';
import { present } from '../../src-shared/present.ts';
import type { PeerVerdict } from '../../src-shared/registers/peer-verdict.ts';
import type { Result } from '../../src-shared/result.ts';
import { shownJson } from '../../src-shared/text/shown-text.ts';
import type { KnownClient } from './api-clients.ts';
import type { ConnectionBounds } from './connection-bounds.ts';
import type { EventStreams } from './event-streams.ts';
import { openApiDocument } from './openapi-document.ts';
import type { ProvenConnections } from './proven-connections.ts';
import type { Replies } from './replies.ts';
import { readProofRequest, readVerifyRequest } from './request-body.ts';
import { licenseAnswer, tokenAnswer, verifyAnswerText } from './served-answers.ts';
import type { ServedLicense } from './served-license.ts';
import { type Endpoint, type EndpointName, endpoints, type HealthAnswer } from './wire/endpoints.ts';
import { isProblemCode, type ProblemCode } from './wire/problem.ts';

export interface RoutesDeps {
  readonly proven: ProvenConnections;
  /** A client presented a valid secret. */
  readonly onUsed: (client: KnownClient) => void;
  /** The license of one server. Null if that server no longer exists. */
  readonly served: (profileId: string) => ServedLicense | null;
  readonly streams: EventStreams;
  readonly bounds: ConnectionBounds;
  readonly replies: Replies;
  readonly version: string;
  readonly maxBodyBytes: number;
}

/** The calling client, and the license of its server. */
interface Caller {
  readonly client: KnownClient;
  readonly served: ServedLicense;
}
/** The answer as JSON text, or the problem. `streamed`: the response belongs to a stream of events. */
type Answer = { readonly json: string } | { readonly problem: ProblemCode } | 'streamed';
type Answering = (caller: Caller, body: string, response: ServerResponse) => Answer | Promise<Answer>;
/** An open endpoint has one text for all programs. Every other one answers clients only. */
type Routes = {
  readonly [Name in EndpointName]: (typeof endpoints)[Name]['access'] extends 'open' ? string : Answering;
};

/** Answers the requests that the guard admitted. */
export class ApiRoutes {
  readonly #deps: RoutesDeps;
  readonly #routes: Routes;

  constructor(deps: RoutesDeps) {
    const { streams, version } = deps;
    const health: HealthAnswer = { status: 'ok', version };
    this.#deps = deps;
    this.#routes = {
      health: JSON.stringify(health),
      openapi: JSON.stringify(openApiDocument(version)),
      license: ({ served }) => answer(licenseAnswer(served.standing())),
      token: ({ served }) => answerToken(served),
      proof: ({ served }, body) => answerProof(served, body),
      verify: answerVerify,
      jwks: ({ served }) => answerKeys(served),
      events: ({ client, served }, _body, response) => {
        if (!streams.mayOpen(client)) return { problem: 'too_many_streams' };
        streams.open(client, served, response);
        return 'streamed';
      },
    };
  }

  answer(name: EndpointName, request: IncomingMessage, response: ServerResponse): void {
    const { maxBodyBytes, replies } = this.#deps;
    const route = this.#routes[name];
    const endpoint: Endpoint = endpoints[name];
    try {
      if (typeof route === 'string') return replies.json(response, route);
      const caller = this.#callerOf(request, endpoint);
      if (typeof caller === 'string') return replies.problem(response, caller);
      if (!endpoint.request) return this.#answerClient(caller, route, '', response);
      return readBody(request, maxBodyBytes, (body) => {
        if (body === null) replies.problem(response, 'body_too_large');
        else this.#answerClient(caller, route, body, response);
      });
    } catch (thrown) {
      return replies.fault(response, thrown);
    }
  }

  #answerClient(caller: Caller, answering: Answering, body: string, response: ServerResponse): void {
    const { bounds, proven, replies } = this.#deps;
    bounds.answering(response.req.socket);
    const send = (given: Answer): void => {
      if (given === 'streamed') return;
      // The client may have been revoked during the wait for the rest of the body or for the keychain.
      if (proven.clientOf(response.req) !== caller.client) replies.problem(response, 'unauthorized');
      else if ('json' in given) replies.json(response, given.json);
      else replies.problem(response, given.problem);
    };
    const fault = (thrown: unknown): void => replies.fault(response, thrown);
    try {
      const given = answering(caller, body, response);
      // An answer that is there is not awaited: a busy hub answers thousands of calls a second.
      if (given instanceof Promise) given.then(send).catch(fault);
      else send(given);
    } catch (thrown) {
      fault(thrown);
    }
  }

  /** Checks the secret and the client's permission before any of the body is read. */
  #callerOf(request: IncomingMessage, { access }: Endpoint): Caller | ProblemCode {
    const { bounds, onUsed, proven, served } = this.#deps;
    const client = proven.clientOf(request);
    const license = client && served(client.profileId);
    if (!client && proven.areWithheld) return 'internal_error';
    if (!client || !license) return 'unauthorized';
    bounds.proved(request.socket);
    onUsed(client);
    const isAllowed = access === 'open' || access === 'any_client' || client.may.has(access);
    return isAllowed ? { client, served: license } : 'forbidden';
  }
}

/** Calls `done` once with the body as text, or with null if it is larger than `maxBytes`. Never, if the client disconnects. */
function readBody(request: IncomingMessage, maxBytes: number, done: (body: string | null) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const onData = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes <= maxBytes) {
      chunks.push(chunk);
      return;
    }
    request.off('data', onData);
    request.off('end', onEnd);
    done(null);
  };
  const onEnd = (): void => {
    const [first] = chunks;
    done(first && chunks.length === 1 ? first.toString('utf8') : Buffer.concat(chunks, bytes).toString('utf8'));
  };
  request.on('data', onData);
  request.on('end', onEnd);
}

const answer = (given: object): Answer => ({ json: shownJson(given) });

async function answerToken(served: ServedLicense): Promise<Answer> {
  const token = await served.token.current();
  if (!token.ok) return refused(token);
  return answer(tokenAnswer(token.value, served.standing().license?.details.serverId));
}

async function answerProof(served: ServedLicense, body: string): Promise<Answer> {
  const asked = readProofRequest(body);
  if (!asked) return { problem: 'malformed_body' };
  const { method, url, nonce } = asked;
  const proof = await served.token.prove(present({ method, url, nonce }));
  return proof.ok ? answer({ proof: proof.value }) : refused(proof);
}

function answerVerify({ client, served }: Caller, body: string): Answer | Promise<Answer> {
  const asked = readVerifyRequest(body);
  if (!asked) return { problem: 'malformed_body' };
  const { token, proof } = asked;
  const verdict = served.peers.verify(proof ? { token, proof } : { token }, client.name);
  return verdict instanceof Promise ? verdict.then(answerVerdict) : answerVerdict(verdict);
}

const answerVerdict = (verdict: PeerVerdict): Answer => ({ json: verifyAnswerText(verdict) });

function answerKeys(served: ServedLicense): Answer {
  const keys = served.knownServer.keptKeys;
  return keys ? answer(keys) : { problem: 'signing_keys_unavailable' };
}

function refused({ failure }: Extract<Result<unknown>, { readonly ok: false }>): Answer {
  return { problem: isProblemCode(failure.code) ? failure.code : 'internal_error' };
}
