import type { AxiosInstance, AxiosResponse } from 'axios';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { failure } from '../../src-shared/result.ts';
import type { Http, HttpAnswer, HttpOutcome, HttpRequest } from '../ports/http.ts';
import type { Log } from '../ports/log.ts';

/** A request is given up when it has not ended by then. */
export const deadlineMs = 30_000;
/** No answer of an Authorization server is larger. */
export const maxBodyBytes = 256 * 1024;

/** The part of Electron's `Session` that is used: its proxy settings and trust store count. */
export interface FetchingSession {
  fetch(input: string | Request, init?: RequestInit): Promise<Response>;
  closeAllConnections(): Promise<void>;
}
/** Opens the session of that name, in memory only. */
export type OpenSession = (name: string) => FetchingSession;

/** Sends through Electron's network stack in sessions that are in memory only: no cookie, no cache, no redirect. */
export function createAxiosHttp(openSession: OpenSession, log: Log): Http {
  const unshared = new UnsharedSessions(openSession);
  let instance: Promise<AxiosInstance> | null = null;
  return {
    async send(request) {
      instance ??= createInstance();
      const axios = await instance;
      const outcome =
        request.method === 'GET'
          ? await sendOnce(axios, openSession('authorization-service'), request)
          : await unshared.use((session) => sendOnce(axios, session, request));
      logOutcome(log, request, outcome);
      return outcome;
    },
  };
}

/**
 * Chromium sends a request again by itself, a POST too, when a connection that was in use before breaks. A refresh token that
 * is sent twice is taken for stolen (RFC 9700 §4.14.2), and a code is used up by the first time: so each POST has a session to
 * itself and in it a connection that is new.
 */
class UnsharedSessions {
  readonly #openSession: OpenSession;
  readonly #free: FetchingSession[] = [];
  #opened = 0;

  constructor(openSession: OpenSession) {
    this.#openSession = openSession;
  }

  async use<T>(send: (session: FetchingSession) => Promise<T>): Promise<T> {
    const session = this.#free.pop() ?? this.#openSession(`authorization-service-post-${++this.#opened}`);
    try {
      await session.closeAllConnections();
      return await send(session);
    } finally {
      this.#free.push(session);
    }
  }
}

async function createInstance(): Promise<AxiosInstance> {
  const { default: axios } = await import('axios');
  return axios.create({
    adapter: 'fetch',
    timeout: deadlineMs,
    maxContentLength: maxBodyBytes,
    maxBodyLength: maxBodyBytes,
    responseType: 'text',
    transformRequest: [(body: unknown) => body],
    transformResponse: [(body: unknown) => body],
    validateStatus: () => true,
  });
}

async function sendOnce(axios: AxiosInstance, session: FetchingSession, request: HttpRequest): Promise<HttpOutcome> {
  try {
    const response = await axios.request<string>({
      env: { fetch: fetchIn(session) },
      method: request.method,
      url: request.url,
      headers: { ...request.headers },
      data: request.body,
      ...(request.signal ? { signal: request.signal } : {}),
    });
    return { ok: true, answer: toAnswer(response) };
  } catch (thrown) {
    const code = transportCode(thrown);
    const { host } = new URL(request.url);
    return { ok: false, failure: failure(code, { facts: { host } }), maybeDelivered: !neverDelivered.has(code) };
  }
}

function fetchIn(session: FetchingSession) {
  return (input: string | URL | Request, init?: RequestInit) =>
    session.fetch(input instanceof URL ? input.href : input, {
      ...init,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
    });
}

function toAnswer(response: AxiosResponse<string>): HttpAnswer {
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const serverDate = Date.parse(headers['date'] ?? '');
  return {
    status: response.status,
    headers,
    body: typeof response.data === 'string' ? response.data : '',
    ...(Number.isNaN(serverDate) ? {} : { serverDate }),
  };
}

const neverDelivered: ReadonlySet<FailureCode> = new Set(['certificate_invalid']);

/** Chromium's `net::ERR_*` and axios's own codes, as failure codes. */
export function transportCode(thrown: unknown): FailureCode {
  const text = errorText(thrown);
  if (/ERR_CERT|ERR_SSL|ERR_BAD_SSL|CERT_/.test(text)) return 'certificate_invalid';
  if (/[Rr]edirect/.test(text)) return 'unexpected_redirect';
  if (/maxContentLength/.test(text)) return 'response_too_large';
  if (/ECONNABORTED|ETIMEDOUT|TIMED_OUT|timeout/.test(text)) return 'request_timeout';
  return 'network_unreachable';
}

function errorText(thrown: unknown): string {
  if (!(thrown instanceof Error)) return '';
  const code = 'code' in thrown ? String(thrown.code) : '';
  return `${code} ${thrown.message} ${errorText(thrown.cause)}`;
}

/** Method, host and path, and what came of it: never a query, header or body. */
function logOutcome(log: Log, request: HttpRequest, outcome: HttpOutcome): void {
  const { host, pathname } = new URL(request.url);
  const result = outcome.ok ? String(outcome.answer.status) : outcome.failure.code;
  log.info('http', { method: request.method, host, path: pathname, result });
}
