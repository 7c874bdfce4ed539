import { z } from 'zod/mini';

/** Every problem that the local license API answers with, and its HTTP status (RFC 9457, RFC 9110 §15). */
export const problemStatuses = {
  malformed_request: 400,
  malformed_body: 400,
  unauthorized: 401,
  forbidden: 403,
  origin_refused: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  not_licensed: 409,
  token_expired: 409,
  token_not_bound: 409,
  body_too_large: 413,
  unsupported_media_type: 415,
  expectation_failed: 417,
  host_refused: 421,
  too_many_streams: 429,
  header_too_large: 431,
  internal_error: 500,
  secret_store_missing: 503,
  secret_store_locked: 503,
  secret_store_timeout: 503,
  secret_store_refused: 503,
  secret_store_full: 503,
  secret_store_password_changed: 503,
  secret_store_changed_backend: 503,
  secret_store_damaged: 503,
  signing_keys_unavailable: 503,
} as const;
export type ProblemCode = keyof typeof problemStatuses;
export const problemCodes = Object.keys(problemStatuses) as [ProblemCode, ...ProblemCode[]];

export const problemType = 'application/problem+json';
export const problemUrn = 'urn:fusion-license-console:problem:';

/** An error answer (RFC 9457 §3.1). */
export const problemSchema = z.object({
  /** `urn:fusion-license-console:problem:` and the code. */
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.enum(problemCodes),
});
export type Problem = z.infer<typeof problemSchema>;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemStatuses, code);
}
