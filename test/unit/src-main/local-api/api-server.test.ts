import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientPermission } from '../../../../src-shared/registers/local-api-view.ts';
import { LocalApiAtWork, requestText, sendRaw } from '../../../fakes/local-api-at-work.ts';

let api: LocalApiAtWork;
const secrets = new Map<string, string>();
beforeAll(async () => {
  api = await LocalApiAtWork.start({ streams: 0 });
  for (const may of ['read', 'token', 'verify'] as const) secrets.set(may, api.secret([may]));
});
afterAll(() => api.close());

interface Asked {
  readonly may?: ClientPermission;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends the request on a kept connection, and then one that ends it. Returns the first answer in short form. */
async function answerTo(line: string, { may, body, headers = {} }: Asked): Promise<string> {
  const secret = secrets.get(may ?? '');
  const asked = requestText(line, {
    ...(secret === undefined ? {} : { secret }),
    ...(body === undefined ? {} : { body }),
    headers: { connection: 'keep-alive', ...headers },
  });
  const { text } = await sendRaw(api.socket, asked + requestText('GET /v1/health'));
  const [first = '', ...others] = text.split(/(?=HTTP\/1\.1 \d)/);
  const short = inShort(first);
  return others.length === (short.includes('kept') ? 1 : 0) ? short : text;
}

/** The status line, the headers that differ, in their order, and the code of a problem. */
function inShort(answer: string): string {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const { code = '' } = JSON.parse(body || '{}') as { code?: string };
  const length = body === '' ? '\\d+' : Buffer.byteLength(body);
  return `${head} ${code}`
    .replace(/\r\nDate: .+ GMT/, '')
    .replace(new RegExp(`\r\ncontent-length: ${length}\r\n`), '\r\n')
    .replaceAll('\r\n', '; ')
    .replace('HTTP/1.1 ', '')
    .replace(
      /; content-type: application\/(problem\+)?json; cache-control: no-store; x-content-type-options: nosniff/,
      '',
    )
    .replace(/connection: close/, 'closed')
    .replace('Connection: keep-alive; Keep-Alive: timeout=65', 'kept')
    .trim();
}

const verify = 'POST /v1/verify';
const token = '{"token":"a.b.c"}';

/** Recorded from the server before its framework was removed. */
const table: readonly (readonly [line: string, asked: Asked, answer: string])[] = [
  ['GET /v1/health', {}, '200 OK; kept'],
  ['GET /v1/health', { may: 'read', headers: { 'content-length': '0' } }, '200 OK; kept'],
  ['GET /v1/openapi.json', {}, '200 OK; kept'],
  ['GET /v1/license', { may: 'read' }, '200 OK; kept'],
  ['GET /v1/token', { may: 'token' }, '200 OK; kept'],
  ['GET /v1/jwks', { may: 'verify' }, '200 OK; kept'],
  [verify, { may: 'verify', body: token }, '200 OK; kept'],
  [
    'POST /v1/proof',
    { may: 'token', body: '{"method":"GET","url":"https://hub.example/"}' },
    '409 Conflict; kept token_not_bound',
  ],
  ['GET /v1/events', { may: 'read' }, '429 Too Many Requests; kept too_many_streams'],
  // Who may ask
  ['GET /v1/license', {}, '401 Unauthorized; www-authenticate: Bearer; kept unauthorized'],
  ['GET /v1/license', { may: 'token' }, '403 Forbidden; kept forbidden'],
  ['GET /v1/jwks', {}, '401 Unauthorized; www-authenticate: Bearer; kept unauthorized'],
  ['GET /v1/events', {}, '401 Unauthorized; www-authenticate: Bearer; kept unauthorized'],
  ['GET /v1/events', { may: 'verify' }, '403 Forbidden; kept forbidden'],
  [verify, { body: token }, '401 Unauthorized; www-authenticate: Bearer; closed unauthorized'],
  [verify, { may: 'read', body: token }, '403 Forbidden; closed forbidden'],
  // Bodies
  [verify, { may: 'verify', body: '' }, '400 Bad Request; kept malformed_body'],
  [verify, { may: 'verify', body: '{}' }, '400 Bad Request; kept malformed_body'],
  [
    verify,
    { may: 'verify', body: token, headers: { 'content-type': 'application/json; charset=utf-8' } },
    '200 OK; kept',
  ],
  [verify, { may: 'verify', body: token, headers: { 'content-type': 'APPLICATION/JSON' } }, '200 OK; kept'],
  [
    verify,
    { may: 'verify', body: token, headers: { 'content-type': 'text/plain' } },
    '415 Unsupported Media Type; closed unsupported_media_type',
  ],
  [
    verify,
    { may: 'verify', body: token, headers: { 'content-encoding': 'gzip' } },
    '415 Unsupported Media Type; closed unsupported_media_type',
  ],
  [verify, { may: 'verify' }, '415 Unsupported Media Type; closed unsupported_media_type'],
  [verify, { may: 'verify', headers: { 'content-type': 'application/json' } }, '400 Bad Request; kept malformed_body'],
  [
    verify,
    { may: 'verify', body: token, headers: { 'content-length': '131073' } },
    '413 Payload Too Large; closed body_too_large',
  ],
  ['GET /v1/license', { may: 'read', body: token }, '400 Bad Request; closed malformed_request'],
  // Methods and paths
  ['HEAD /v1/health', {}, '405 Method Not Allowed; allow: GET; closed'],
  ['OPTIONS /v1/health', {}, '405 Method Not Allowed; allow: GET; closed method_not_allowed'],
  ['OPTIONS *', {}, '400 Bad Request; closed malformed_request'],
  ['TRACE /v1/license', { may: 'read' }, '405 Method Not Allowed; allow: GET; closed method_not_allowed'],
  ['PROPFIND /v1/license', { may: 'read' }, '405 Method Not Allowed; allow: GET; closed method_not_allowed'],
  [
    'DELETE /v1/verify',
    { may: 'verify', body: token },
    '405 Method Not Allowed; allow: POST; closed method_not_allowed',
  ],
  ['GET /v1/verify', { may: 'verify' }, '405 Method Not Allowed; allow: POST; closed method_not_allowed'],
  ['POST /v1/license', { may: 'read', body: token }, '405 Method Not Allowed; allow: GET; closed method_not_allowed'],
  ['STEAL /v1/license', { may: 'read' }, '400 Refused; closed malformed_request'],
  ['CONNECT /v1/license', { may: 'read' }, '400 Refused; closed malformed_request'],
  ['GET /', {}, '404 Not Found; closed not_found'],
  ['HEAD /v1/nothing', {}, '404 Not Found; closed'],
  ['POST /v1/nothing', { may: 'verify', body: token }, '404 Not Found; closed not_found'],
  ['GET /v1/license/', { may: 'read' }, '404 Not Found; closed not_found'],
  ['GET /v1/LICENSE', { may: 'read' }, '404 Not Found; closed not_found'],
  ['GET /v1/%6cicense', { may: 'read' }, '404 Not Found; closed not_found'],
  ['GET /v1/license?', { may: 'read' }, '400 Bad Request; closed malformed_request'],
  ['GET http://localhost/v1/license', { may: 'read' }, '400 Bad Request; closed malformed_request'],
  // Before the endpoint
  ['GET /v1/health', { headers: { host: 'example.com' } }, '421 Misdirected Request; closed host_refused'],
  ['GET /v1/health', { headers: { origin: 'null' } }, '403 Forbidden; closed origin_refused'],
  [
    'GET /v1/health',
    { headers: { connection: 'upgrade', upgrade: 'websocket' } },
    '400 Bad Request; closed malformed_request',
  ],
  ['GET /v1/health', { headers: { expect: 'much' } }, '417 Expectation Failed; closed expectation_failed'],
  ['GET /v1/health', { headers: { 'x-y': 'a'.repeat(17_000) } }, '431 Refused; closed header_too_large'],
];

describe('requests and their answers', () => {
  for (const [line, asked, answer] of table)
    it(`${line} ${JSON.stringify(asked).slice(0, 100)}: ${answer}`, async () => {
      expect(await answerTo(line, asked)).toBe(answer);
    });
});

describe('an exception', () => {
  it('in an endpoint is answered as a problem and reported once, and the connection stays open', async () => {
    const { shown } = api.served;
    Object.defineProperty(api.served, 'shown', {
      configurable: true,
      get: () => {
        throw new Error('secret');
      },
    });
    const answer = await answerTo('GET /v1/license', { may: 'read' });
    Object.defineProperty(api.served, 'shown', { configurable: true, writable: true, value: shown });
    expect(answer).toBe('500 Internal Server Error; kept internal_error');
    expect(api.faults.splice(0)).toEqual([new Error('secret')]);
  });

  it('during the check of the secret is answered as a problem and reported once, and the connection is closed', async () => {
    api.clients.used = () => {
      throw new Error('secret');
    };
    const answer = await answerTo(verify, { may: 'verify', body: token });
    Reflect.deleteProperty(api.clients, 'used');
    expect(answer).toBe('500 Internal Server Error; closed internal_error');
    expect(api.faults.splice(0)).toEqual([new Error('secret')]);
  });
});
