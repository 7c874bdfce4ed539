import { serverDateOf } from '../../src-main/authorization/server-date.ts';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { failure } from '../../src-shared/result.ts';
import type { Http, HttpOutcome, HttpRequest } from '../../src-main/ports/http.ts';

/** Answers as a test says, and records the requests. */
export class ScriptedHttp implements Http {
  readonly requests: HttpRequest[] = [];
  readonly #answer: (request: HttpRequest, nth: number) => HttpOutcome | Promise<HttpOutcome>;

  constructor(answer: (request: HttpRequest, nth: number) => HttpOutcome | Promise<HttpOutcome>) {
    this.#answer = answer;
  }

  async send(request: HttpRequest): Promise<HttpOutcome> {
    this.requests.push(request);
    return this.#answer(request, this.requests.length - 1);
  }
}

export function answer(status: number, body: string, headers: Record<string, string> = {}): HttpOutcome {
  const serverDate = serverDateOf(headers);
  return {
    ok: true,
    answer: { status, headers, body, ...(serverDate ? { serverDate } : {}) },
  };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): HttpOutcome {
  return answer(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

export function html(status: number, headers: Record<string, string> = {}): HttpOutcome {
  return answer(status, '<!doctype html><title>Wi-Fi sign-in</title>', { 'content-type': 'text/html', ...headers });
}

export function noAnswer(code: FailureCode, maybeDelivered = true): HttpOutcome {
  return { ok: false, failure: failure(code, { facts: { host: 'auth.example' } }), maybeDelivered };
}
