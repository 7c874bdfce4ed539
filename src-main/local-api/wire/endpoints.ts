import { z } from 'zod/mini';
import { failureCodes, hasTrait } from '../../../src-shared/failure-codes.ts';
import type { ClientPermission } from '../../../src-shared/registers/local-api-view.ts';
import { instantSchema } from '../../license/license-members.ts';
import { licenseAnswerSchema } from './license-answer.ts';
import type { ProblemCode } from './problem.ts';
import { proofAnswerSchema, proofRequestSchema, tokenAnswerSchema } from './token-messages.ts';
import { verifyAnswerSchema, verifyRequestSchema } from './verify-messages.ts';

/** Who may call: any program that can connect, any client, or only a client with this permission. */
type EndpointAccess = 'open' | 'any_client' | ClientPermission;

/** One endpoint of the local license API. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly access: EndpointAccess;
  readonly summary: string;
  readonly request?: z.ZodMiniType;
  readonly answer: z.ZodMiniType | 'event_stream' | 'openapi_document';
  /** In addition to those that every endpoint may answer. */
  readonly problems: readonly ProblemCode[];
}

const secretStoreProblems = failureCodes.filter((code) => hasTrait(code, 'keychain'));

const healthAnswerSchema = z
  .object({ status: z.literal('ok'), version: z.string().check(z.describe("The console's version.")) })
  .check(z.describe('`GET /v1/health`: the console runs. Says nothing about any license.'));
export type HealthAnswer = z.infer<typeof healthAnswerSchema>;

const signingKeysAnswerSchema = z
  .object({ keys: z.array(z.looseObject({ kty: z.string() })) })
  .check(z.describe('`GET /v1/jwks`: the public keys that the license tokens are signed with (RFC 7517 §5).'));
export type KeySetAnswer = z.infer<typeof signingKeysAnswerSchema>;

/** The whole local license API, version 1: the server's routes and the OpenAPI document both come from it. */
export const endpoints = {
  health: {
    method: 'GET',
    path: '/v1/health',
    access: 'open',
    summary: 'Is the console running?',
    answer: healthAnswerSchema,
    problems: [],
  },
  openapi: {
    method: 'GET',
    path: '/v1/openapi.json',
    access: 'open',
    summary: 'This description of the API (OpenAPI 3.1).',
    answer: 'openapi_document',
    problems: [],
  },
  license: {
    method: 'GET',
    path: '/v1/license',
    access: 'read',
    summary: 'The license of this server: License Status and Token Expiry, each on its own, and what the license says.',
    answer: licenseAnswerSchema,
    problems: [],
  },
  token: {
    method: 'GET',
    path: '/v1/token',
    access: 'token',
    summary: 'The license token that this server holds now, to present to its hub.',
    answer: tokenAnswerSchema,
    problems: ['not_licensed', 'token_expired', ...secretStoreProblems],
  },
  proof: {
    method: 'POST',
    path: '/v1/proof',
    access: 'token',
    summary: 'A proof of possession for one request with a license token that is bound to a key (RFC 9449).',
    request: proofRequestSchema,
    answer: proofAnswerSchema,
    problems: ['not_licensed', 'token_expired', 'token_not_bound', ...secretStoreProblems],
  },
  verify: {
    method: 'POST',
    path: '/v1/verify',
    access: 'verify',
    summary: "Is a peer's license token good, and is that peer one of ours? Works offline too.",
    request: verifyRequestSchema,
    answer: verifyAnswerSchema,
    problems: [],
  },
  jwks: {
    method: 'GET',
    path: '/v1/jwks',
    access: 'any_client',
    summary: 'The public keys that license tokens are signed with (RFC 7517).',
    answer: signingKeysAnswerSchema,
    problems: ['signing_keys_unavailable'],
  },
  events: {
    method: 'GET',
    path: '/v1/events',
    access: 'read',
    summary: 'Server-sent events: the license at once and after each change, and each refreshed token.',
    answer: 'event_stream',
    problems: ['too_many_streams'],
  },
} as const satisfies Readonly<Record<string, Endpoint>>;
export type EndpointName = keyof typeof endpoints;

/**
 * The data of each event of `GET /v1/events`. `status` has the answer of `GET /v1/license`, at once and after each change.
 * `token_refreshed` is sent when there is a new license token, which `GET /v1/token` returns.
 */
export const eventSchemas = {
  status: licenseAnswerSchema,
  token_refreshed: z.object({ expires_at: instantSchema }),
} as const;
export type EventName = keyof typeof eventSchemas;
