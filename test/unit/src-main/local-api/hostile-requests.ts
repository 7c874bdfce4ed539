import { requestText } from '../../../fakes/local-api-at-work.ts';

/** The parts of a hostile request. */
export interface Surroundings {
  /** The address's own `Host`. */
  readonly host: string;
  readonly otherHost: string;
  /** May do everything. */
  readonly secret: string;
  /** May only read. */
  readonly reader: string;
  /** Of a client that was revoked. */
  readonly revoked: string;
  /** Of a server that is no longer here. */
  readonly foreign: string;
}

/** Bytes to send, and the expected refusal: a status, or `closed` without any answer. */
export type HostileRequest = readonly [name: string, refusals: readonly (number | 'closed')[], bytes: string];

/** Each of these must be refused. The secret in it is good unless the name says otherwise. */
export function hostileRequests(around: Surroundings): readonly HostileRequest[] {
  return [
    ...hosts(around),
    ...pages(around),
    ...lines(around),
    ...secrets(around),
    ...types(around),
    ...bodies(around),
    ...smuggling(around),
    ...floods(around),
  ];
}

const good = '{"token":"a.b.c"}';

function hosts({ host, otherHost, secret }: Surroundings): HostileRequest[] {
  const asked = (name: string) => requestText('GET /v1/license', { secret, host: name });
  const names = [
    otherHost,
    '',
    'example.com',
    `${host}.evil.example`,
    'LOCALHOST',
    `${host}.`,
    `user@${host}`,
    '127.0.0.1',
    '127.1:80',
    '0.0.0.0',
    '[::]',
    '2130706433',
    `${host}, evil.example`,
    'license-console:80',
  ];
  return [
    ...names.map((name): HostileRequest => [`Host: ${name}`, [421], asked(name)]),
    ['no Host', [421], `GET /v1/license HTTP/1.1\r\nauthorization: Bearer ${secret}\r\nconnection: close\r\n\r\n`],
    ['two Hosts', [421, 400], requestText('GET /v1/license', { secret, host: `${host}\r\nHost: ${host}` })],
  ];
}

function pages({ host, secret }: Surroundings): HostileRequest[] {
  const headers: readonly [string, string][] = [
    ['origin', 'https://evil.example'],
    ['Origin', 'null'],
    ['ORIGIN', `http://${host}`],
    ['origin', ''],
    ['referer', 'https://evil.example/page'],
    ['Referer', `http://${host}/v1/license`],
    ['sec-fetch-site', 'cross-site'],
    ['Sec-Fetch-Mode', 'no-cors'],
    ['Sec-Fetch-Dest', 'empty'],
    ['sec-ch-ua', '"Chromium"'],
  ];
  return [
    ...headers.map(
      ([name, value]): HostileRequest => [
        `${name}: ${value}`,
        [403],
        requestText('GET /v1/license', { secret, host, headers: { [name]: value } }),
      ],
    ),
    [
      'a preflight',
      [403],
      requestText('OPTIONS /v1/token', {
        host,
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'GET' },
      }),
    ],
    [
      'an Origin behind 200 other headers',
      [403, 431],
      requestText('GET /v1/license', {
        secret,
        host,
        headers: { ...Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`x-${at}`, '1'])), origin: 'null' },
      }),
    ],
  ];
}

function lines({ host, secret }: Surroundings): HostileRequest[] {
  const asked = (line: string, headers = {}) => requestText(line, { secret, host, headers });
  const paths = [
    '/',
    '/v1',
    '/v1/license/',
    '//v1/license',
    '/V1/license',
    '/v1/../v1/license',
    '/v1/%2e%2e/license',
    '/v1/%6cicense',
    '/v1/license%00',
    '/v1/license;x=1',
    '/v2/license',
    '/../../../../etc/passwd',
    '/v1/..%5c..%5clicense-api.json',
    '/__proto__',
    '/constructor',
  ];
  const methods = ['HEAD', 'OPTIONS', 'DELETE', 'PUT', 'PATCH', 'TRACE', 'POST', 'PROPFIND'];
  return [
    ...paths.map((path): HostileRequest => [`GET ${path}`, [404], asked(`GET ${path}`)]),
    ...methods.map((method): HostileRequest => [`${method} /v1/license`, [405], asked(`${method} /v1/license`)]),
    ['GET /v1/verify', [405], asked('GET /v1/verify')],
    ['an unknown method', [400], asked('STEAL /v1/token')],
    ['a secret in the query', [400], requestText(`GET /v1/license?access_token=${secret}`, { host })],
    ['an absolute address', [400], asked(`GET http://${host}/v1/license`)],
    ["another host's address", [400], asked('GET http://evil.example/v1/license')],
    ['the address *', [400, 405], asked('OPTIONS *')],
    ['CONNECT', [400], asked('CONNECT evil.example:443')],
    ['an upgrade', [400], asked('GET /v1/license', { connection: 'upgrade', upgrade: 'websocket' })],
    ['HTTP/2 without asking', [400], `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`],
    ['an upgrade to HTTP/2', [400], asked('GET /v1/license', { connection: 'upgrade', upgrade: 'h2c' })],
    ['HTTP/1.0', [400], asked('GET /v1/license').replace('HTTP/1.1', 'HTTP/1.0')],
    ['HTTP/0.9', [400, 'closed'], 'GET /v1/license\r\n\r\n'],
    ['no HTTP at all', [400, 'closed'], '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
    ['an expectation', [417], asked('GET /v1/license', { expect: 'a-token' })],
    ['a NUL in a header', [400], asked('GET /v1/license', { 'x-y': 'a\0b' })],
  ];
}

function secrets({ host, secret, reader, revoked, foreign }: Surroundings): HostileRequest[] {
  const asked = (authorization: string | undefined) =>
    requestText('GET /v1/token', { host, headers: authorization === undefined ? {} : { authorization } });
  const wrong: readonly [string, string | undefined][] = [
    ['no secret', undefined],
    ['an empty secret', ''],
    ['Bearer alone', 'Bearer '],
    ['Basic', `Basic ${Buffer.from(`x:${secret}`).toString('base64')}`],
    ['a secret without Bearer', secret],
    ['a truncated secret', `Bearer ${secret.slice(0, -1)}`],
    ['a longer secret', `Bearer ${secret}A`],
    ['a secret with its last letter changed', `Bearer ${secret.slice(0, -2)}${secret.at(-2) === 'A' ? 'B' : 'A'}A`],
    ["another client's secret with this one's name", `Bearer ${secret.slice(0, 17)}${reader.slice(17)}`],
    ['an unknown client', `Bearer flc_000000000000_${secret.slice(17)}`],
    ['a revoked secret', `Bearer ${revoked}`],
    ['the secret of a server that is gone', `Bearer ${foreign}`],
    ['a name from a prototype', `Bearer flc___proto_____${secret.slice(16)}`],
    ['two secrets in one header', `Bearer ${secret}, Bearer ${secret}`],
    ['a secret of 12 KiB', `Bearer flc_${'a'.repeat(12_000)}`],
    ['a license token as a secret', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
  ];
  return [
    ...wrong.map(([name, authorization]): HostileRequest => [name, [401], asked(authorization)]),
    [
      'two Authorization headers',
      [400],
      requestText('GET /v1/token', { secret, host, headers: { Authorization: `Bearer ${reader}` } }),
    ],
    ['a reader who asks for the token', [403], requestText('GET /v1/token', { secret: reader, host })],
    ['a reader who asks to verify', [403], requestText('POST /v1/verify', { secret: reader, host, body: good })],
    ['a reader who asks for a proof', [403], requestText('POST /v1/proof', { secret: reader, host, body: good })],
    ['a body with a wrong secret', [401], requestText('POST /v1/verify', { secret: revoked, host, body: good })],
  ];
}

function types({ host, secret }: Surroundings): HostileRequest[] {
  const asked = (headers: Readonly<Record<string, string>>) =>
    requestText('POST /v1/verify', { secret, host, body: good, headers });
  const wrong = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    'application/json; charset=utf-7',
    'application/json; charset=utf-8; x=1',
    'application/json, text/plain',
    'application/problem+json',
    'text/json',
    '',
  ];
  return [
    ...wrong.map((type): HostileRequest => [`content type ${type}`, [415], asked({ 'content-type': type })]),
    ['no content type', [415], asked({}).replace('content-type: application/json\r\n', '')],
    ['two content types', [415], asked({ 'Content-Type': 'text/plain' })],
    ['a compressed body', [415], asked({ 'content-encoding': 'gzip' })],
  ];
}

function bodies({ host, secret }: Surroundings): HostileRequest[] {
  const asked = (body: string) => requestText('POST /v1/verify', { secret, host, body });
  const wrong: readonly [string, string][] = [
    ['an empty body', ''],
    ['a body that is no JSON', 'token=a.b.c'],
    ['half a body', '{"token":"a.b'],
    ['two bodies', `${good}${good}`],
    ['JSON behind a byte order mark', `\uFEFF${good}`],
    ['null', 'null'],
    ['an array', `[${good}]`],
    ['a text', '"a.b.c"'],
    ['an empty object', '{}'],
    ['a number as token', '{"token":1}'],
    ['no token', '{"token":null}'],
    ['an object as token', '{"token":{"toString":"a.b.c"}}'],
    ['a member twice', '{"token":"a.b.c","token":"d.e.f"}'],
    ['a member twice, once in escapes', '{"token":"a.b.c","\\u0074oken":"d.e.f"}'],
    ['a member of a proof twice', '{"token":"a","proof":{"proof":"p","method":"GET","method":"POST","url":"u"}}'],
    ['a prototype', '{"token":"a.b.c","__proto__":{"accepted":true}}'],
    ['a constructor', '{"token":"a.b.c","constructor":{"prototype":{"accepted":true}}}'],
    ['an unknown member', '{"token":"a.b.c","accepted":true}'],
    ['a proof that is a text', '{"token":"a.b.c","proof":"p.q.r"}'],
    ['half a proof', '{"token":"a.b.c","proof":{"proof":"p"}}'],
    ['arrays in arrays, 60,000 deep', '['.repeat(60_000)],
    ['arrays in arrays as token, 30,000 deep', `{"token":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
    ['objects in objects, 10,000 deep', `${'{"token":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['120,000 quotation marks', '"'.repeat(120_000)],
    ['120,000 escapes', `{"token":"${'\\"'.repeat(60_000)}`],
    ['a comment', `/* */${good}`],
    ['a number that is none', '{"token":NaN}'],
  ];
  return wrong.map(([name, body]): HostileRequest => [name, [400], asked(body)]);
}

function smuggling({ host, secret }: Surroundings): HostileRequest[] {
  const hidden = requestText('GET /v1/token', { secret, host });
  const asked = (headers: string, body: string) =>
    `POST /v1/verify HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${secret}\r\ncontent-type: application/json\r\n${headers}\r\n\r\n${body}`;
  const length = `content-length: ${good.length}`;
  return [
    [
      'both a length and chunks',
      [400, 'closed'],
      asked(`${length}\r\ntransfer-encoding: chunked`, `0\r\n\r\n${hidden}`),
    ],
    ['chunks and a length', [400, 'closed'], asked(`transfer-encoding: chunked\r\n${length}`, `0\r\n\r\n${hidden}`)],
    ['two lengths', [400, 'closed'], asked(`${length}\r\ncontent-length: 0`, `${good}${hidden}`)],
    ['a length with a sign', [400, 'closed'], asked('content-length: +17', good)],
    ['a length in hex', [400, 'closed'], asked('content-length: 0x11', good)],
    ['a negative length', [400, 'closed'], asked('content-length: -1', good)],
    ['chunks under another name', [400, 'closed'], asked('transfer-encoding: xchunked', `11\r\n${good}\r\n0\r\n\r\n`)],
    ['chunks that are not last', [400, 'closed'], asked('transfer-encoding: chunked, identity', `0\r\n\r\n${hidden}`)],
    ['a space before the colon', [400, 'closed'], asked('transfer-encoding : chunked', `0\r\n\r\n${hidden}`)],
    ['a chunk size that is none', [400, 'closed'], asked('transfer-encoding: chunked', `zz\r\n${good}\r\n0\r\n\r\n`)],
    ['a body for GET', [400], requestText('GET /v1/token', { secret, host, body: hidden })],
    [
      'chunks for GET',
      [400],
      requestText('GET /v1/token', { secret, host, headers: { 'transfer-encoding': 'chunked' } }),
    ],
    ['a bare line feed', [400, 'closed'], asked(length, good).replaceAll('\r\n', '\n')],
  ];
}

function floods({ host, secret }: Surroundings): HostileRequest[] {
  const asked = (headers: Readonly<Record<string, string>>) =>
    requestText('GET /v1/license', { secret, host, headers });
  const tooLong = 'a'.repeat(129 * 1024);
  const chunk = `${(64 * 1024).toString(16)}\r\n${'a'.repeat(64 * 1024)}\r\n`;
  return [
    ['a header of 20 KiB', [431], asked({ 'x-y': 'a'.repeat(20_000) })],
    ['a path of 20 KiB', [431, 404], requestText(`GET /${'a'.repeat(20_000)}`, { secret, host })],
    ['a path of 12 KiB', [404], requestText(`GET /${'a'.repeat(12_000)}`, { secret, host })],
    ['100 headers', [431], asked(Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`x-${at}`, '1'])))],
    ['5,000 headers', [431], asked(Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`x-${at}`, '1'])))],
    ['a body of 129 KiB', [413], requestText('POST /v1/verify', { secret, host, body: `{"token":"${tooLong}"}` })],
    [
      'the promise of 4 GiB',
      [413],
      requestText('POST /v1/verify', { secret, host, body: good, headers: { 'content-length': '4294967296' } }),
    ],
    [
      'chunks without end',
      [413],
      requestText('POST /v1/verify', {
        secret,
        host,
        headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
      }) + chunk.repeat(4),
    ],
  ];
}
