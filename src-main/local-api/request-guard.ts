import type { IncomingMessage } from 'node:http';
import { type EndpointName, endpoints } from './wire/endpoints.ts';
import type { ProblemCode } from './wire/problem.ts';

/** Why a request is not dispatched. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly allow?: string;
}

interface GuardRules {
  /** The exact `Host` values that this address accepts (RFC 9110 §7.2). Any other name could be DNS rebinding by a web page. */
  readonly hosts: ReadonlySet<string>;
  readonly maxHeaders: number;
  readonly maxBodyBytes: number;
}

const namesByPath: ReadonlyMap<string, EndpointName> = new Map(
  (Object.keys(endpoints) as EndpointName[]).map((name) => [endpoints[name].path, name]),
);
const jsonTypes: ReadonlySet<string> = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
]);

/**
 * Checks the request line and the headers, and finds the endpoint. Refuses everything that a web page in a browser could have
 * sent, and everything that two parsers could read differently.
 */
export function admit(request: IncomingMessage, rules: GuardRules): EndpointName | Refusal {
  const { url = '', method = '', httpVersionMajor, httpVersionMinor } = request;
  if (httpVersionMajor !== 1 || httpVersionMinor !== 1) return { code: 'malformed_request' };
  const seen = readHeaders(request.rawHeaders, rules);
  if (typeof seen === 'string') return { code: seen };
  const name = namesByPath.get(url);
  if (name === undefined) return { code: url.startsWith('/') && !/[?#]/.test(url) ? 'not_found' : 'malformed_request' };
  const right = endpoints[name].method;
  if (right !== method) return { code: 'method_not_allowed', allow: right };
  if (right === 'GET') return seen.body ? { code: 'malformed_request' } : name;
  return seen.type === null || !jsonTypes.has(seen.type) ? { code: 'unsupported_media_type' } : name;
}

interface SeenHeaders {
  host: boolean;
  authorization: boolean;
  type: string | null;
  body: boolean;
}

/** One pass over the headers. For speed, a name is compared only if its length matches a header of interest. */
function readHeaders(raw: readonly string[], rules: GuardRules): SeenHeaders | ProblemCode {
  if (raw.length > rules.maxHeaders * 2) return 'header_too_large';
  const seen: SeenHeaders = { host: false, authorization: false, type: null, body: false };
  for (let at = 0; at < raw.length; at += 2) {
    const refused = readHeader(raw[at] as string, raw[at + 1] as string, seen, rules);
    if (refused) return refused;
  }
  return seen.host ? seen : 'host_refused';
}

function readHeader(name: string, value: string, seen: SeenHeaders, rules: GuardRules): ProblemCode | null {
  // Only browsers send `Sec-Fetch-…` and other `Sec-` headers, and web pages cannot suppress them.
  if (is(name.slice(0, 4), 'sec-')) return 'origin_refused';
  switch (name.length) {
    case 4:
      return is(name, 'host') ? readHost(value, seen, rules) : null;
    case 6:
      return is(name, 'origin') ? 'origin_refused' : null;
    case 7:
      if (is(name, 'referer')) return 'origin_refused';
      return is(name, 'upgrade') ? 'malformed_request' : null;
    case 12:
      return is(name, 'content-type') ? readType(value, seen) : null;
    case 13:
      return is(name, 'authorization') ? readAuthorization(seen) : null;
    case 14:
      return is(name, 'content-length') ? readLength(value, seen, rules) : null;
    case 16:
      return is(name, 'content-encoding') ? 'unsupported_media_type' : null;
    case 17:
      if (is(name, 'transfer-encoding')) seen.body = true;
      return null;
    default:
      return null;
  }
}

function readHost(value: string, seen: SeenHeaders, { hosts }: GuardRules): ProblemCode | null {
  if (seen.host || !hosts.has(value)) return 'host_refused';
  seen.host = true;
  return null;
}

function readType(value: string, seen: SeenHeaders): ProblemCode | null {
  if (seen.type !== null) return 'unsupported_media_type';
  seen.type = value.toLowerCase();
  return null;
}

function readAuthorization(seen: SeenHeaders): ProblemCode | null {
  if (seen.authorization) return 'malformed_request';
  seen.authorization = true;
  return null;
}

function readLength(value: string, seen: SeenHeaders, { maxBodyBytes }: GuardRules): ProblemCode | null {
  if (Number(value) > maxBodyBytes) return 'body_too_large';
  if (value !== '0') seen.body = true;
  return null;
}

function is(name: string, lowerCase: string): boolean {
  return name === lowerCase || name.toLowerCase() === lowerCase;
}
