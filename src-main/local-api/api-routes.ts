import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Result } from '../../src-shared/result.ts';
import { shownJson } from '../../src-shared/shown-text.ts';
import type { KnownClient } from './api-clients.ts';
import type { EventStreams } from './event-streams.ts';
import { openApiDocument } from './openapi-document.ts';
import type { ProvenConnections } from './proven-connections.ts';
import { readBody } from './read-body.ts';
import type { Replies } from './replies.ts';
import { readProofRequest, readVerifyRequest } from './request-body.ts';
import { licenseAnswer, tokenAnswer, verifyAnswerText } from './served-answers.ts';
import type { ServedLicense } from './served-license.ts';
import { type Endpoint, endpoints } from './wire/endpoints.ts';
import type { HealthAnswer } from './wire/health-answer.ts';
import { isProblemCode, type ProblemCode } from './wire/problem.ts';

export interface RoutesDeps {
  readonly proven: ProvenConnections;
  /** A client presented a valid secret. */
  readonly onUsed: (client: KnownClient) => void;
  /** The license of one server. Null if that server no longer exists. */
  readonly served: (profileId: string) => ServedLicense | null;
  readonly streams: EventStreams;
  readonly replies: Replies;
  readonly version: string;
  readonly maxBodyBytes: number;
}

/** The calling client, and the license of its server. */
interface Asker {
  readonly client: KnownClient;
  readonly served: ServedLicense;
}
/** The answer as JSON text, or the problem. */
type Answer = { readonly json: string } | { readonly problem: ProblemCode };
type Answering = (asker: Asker, body: string) => Answer | Promise<Answer>;

/** Adds a route for each of {@link endpoints}. */
export function addRoutes(app: FastifyInstance, deps: RoutesDeps): void {
  const { version, replies, streams } = deps;
  app.decorateRequest('asker', null);
  const health: HealthAnswer = { status: 'ok', version };
  addOpen(app, replies, endpoints.health, JSON.stringify(health));
  addOpen(app, replies, endpoints.openapi, JSON.stringify(openApiDocument(version)));
  addForClients(app, deps, endpoints.license, ({ served }) => answer(licenseAnswer(served.standing())));
  addForClients(app, deps, endpoints.token, ({ served }) => answerToken(served));
  addForClients(app, deps, endpoints.proof, ({ served }, body) => answerProof(served, body));
  addForClients(app, deps, endpoints.verify, answerVerify);
  addForClients(app, deps, endpoints.jwks, ({ served }) => answerKeys(served));
  app.route({
    method: 'GET',
    url: endpoints.events.path,
    onRequest: authorize(deps, endpoints.events),
    handler: (request, reply) => {
      const { client, served } = askerOf(request);
      if (!streams.mayOpen(client)) return replies.problem(reply, 'too_many_streams');
      // From here on the stream owns the connection, which no longer counts as waiting.
      replies.begin(request);
      reply.hijack();
      return streams.open(client, served, reply.raw);
    },
  });
}

function addOpen(app: FastifyInstance, replies: Replies, { method, path }: Endpoint, text: string): void {
  app.route({ method, url: path, handler: (_request, reply) => replies.json(reply, text) });
}

function addForClients(app: FastifyInstance, deps: RoutesDeps, endpoint: Endpoint, answering: Answering): void {
  const { proven, replies, maxBodyBytes } = deps;
  const answerWith = (request: FastifyRequest, reply: FastifyReply, body: string) => {
    replies.begin(request);
    const asker = askerOf(request);
    const send = (given: Answer) => {
      // The client may have been revoked during the wait for the rest of the body or for the keychain.
      if (proven.clientOf(request.raw) !== asker.client) replies.problem(reply, 'unauthorized');
      else if ('json' in given) replies.json(reply, given.json);
      else replies.problem(reply, given.problem);
    };
    const given = answering(asker, body);
    if (given instanceof Promise) given.then(send, (thrown: unknown) => replies.fault(reply, thrown));
    else send(given);
  };
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    onRequest: authorize(deps, endpoint),
    handler: (request, reply) => {
      if (!endpoint.request) answerWith(request, reply, '');
      else
        readBody(request.raw, maxBodyBytes, (body) => {
          if (body === null) replies.problem(reply, 'body_too_large');
          else answerWith(request, reply, body);
        });
    },
  });
}

/** Checks the secret and the client's permission before any of the body is read. */
function authorize({ proven, onUsed, served, replies }: RoutesDeps, { access }: Endpoint) {
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const client = proven.clientOf(request.raw);
    const license = client && served(client.profileId);
    if (!client && proven.areWithheld) return replies.problem(reply, 'internal_error');
    if (!client || !license) return replies.problem(reply, 'unauthorized');
    replies.proved(request);
    onUsed(client);
    if (access !== 'open' && access !== 'any_client' && !client.may.has(access))
      return replies.problem(reply, 'forbidden');
    (request as AskedRequest).asker = { client, served: license };
    return done();
  };
}

type AskedRequest = FastifyRequest & { asker: Asker | null };

function askerOf(request: FastifyRequest): Asker {
  const { asker } = request as AskedRequest;
  if (!asker) throw new Error('Nobody asks');
  return asker;
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
  const proof = await served.token.prove({ method, url, ...(nonce === undefined ? {} : { nonce }) });
  return proof.ok ? answer({ proof: proof.value }) : refused(proof);
}

async function answerVerify({ client, served }: Asker, body: string): Promise<Answer> {
  const asked = readVerifyRequest(body);
  if (!asked) return { problem: 'malformed_body' };
  const { token, proof } = asked;
  const verdict = await served.peers.verify(proof ? { token, proof } : { token }, client.name);
  return { json: verifyAnswerText(verdict) };
}

function answerKeys(served: ServedLicense): Answer {
  const keys = served.knownServer.keptKeys;
  return keys ? answer(keys) : { problem: 'signing_keys_unavailable' };
}

function refused({ failure }: Extract<Result<unknown>, { readonly ok: false }>): Answer {
  return { problem: isProblemCode(failure.code) ? failure.code : 'internal_error' };
}
