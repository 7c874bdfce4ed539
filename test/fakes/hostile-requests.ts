import { pairingVersion } from '../../src-main/pairing/wire.ts';
import { serverReport } from './pairing-scene.ts';

/** A request that a stranger or a paired server sends to a laptop over TLS, and that the laptop refuses before it does anything. */
export interface HostileRequest {
  readonly name: string;
  /** The status with which the laptop refuses it; the first one, unless an older HTTP parser reads it differently. */
  readonly statuses: readonly number[];
  /** It is so long that the laptop may close the connection before the answer can be read. */
  readonly isCut?: true;
  /** `bearer` is the credential of a paired server whose issuer is confirmed. */
  readonly bytes: (bearer: string) => string | Buffer;
}

/** The one place that the paired server may reach through the laptop. */
export interface OpenPlace {
  readonly host: string;
  readonly port: number;
}

export const head = (first: string, ...lines: readonly string[]) =>
  `${[first, 'host: laptop', ...lines].join('\r\n')}\r\n\r\n`;
const withBody = (first: string, body: string | Buffer, ...lines: readonly string[]) =>
  Buffer.concat([Buffer.from(head(first, ...lines, `content-length: ${Buffer.byteLength(body)}`)), Buffer.from(body)]);
const post = (path: string, body: string | Buffer, ...lines: readonly string[]) =>
  withBody(`POST ${path} HTTP/1.1`, body, ...lines);
export const bearerLine = (bearer: string) => `authorization: Bearer ${bearer}`;
export const put = (bearer: string, body: string | Buffer) =>
  withBody('PUT /report HTTP/1.1', body, bearerLine(bearer));
export const connectHead = (bearer: string, authority: string, ...lines: readonly string[]) =>
  head(`CONNECT ${authority} HTTP/1.1`, `proxy-${bearerLine(bearer)}`, ...lines);

const refused = (name: string, status: number, bytes: HostileRequest['bytes']): HostileRequest => ({
  name,
  statuses: [status],
  bytes,
});
/** A GET with the credential and these lines. */
const asked = (target: string, ...lines: readonly string[]) => {
  return (bearer: string) => head(`${target} HTTP/1.1`, bearerLine(bearer), ...lines);
};
const badProof = (name: string, status: number, document: object): HostileRequest =>
  refused(name, status, () => post('/pairing/start', JSON.stringify({ version: pairingVersion, ...document })));
const badReport = (name: string, body: (report: string) => string | Buffer): HostileRequest =>
  refused(name, 400, (bearer) => put(bearer, body(JSON.stringify(serverReport({ serverName: 'bad' })))));

const withWrongCredential: readonly HostileRequest[] = [
  refused('a report without a credential', 401, () => withBody('PUT /report HTTP/1.1', '{}')),
  refused('a report with a wrong credential', 401, () => put('A'.repeat(43), '')),
  refused('a report with the right credential as a password', 401, (bearer) =>
    head('PUT /report HTTP/1.1', `authorization: Basic ${bearer}`, 'content-length: 0'),
  ),
  refused('a wrong credential before the right one', 401, (bearer) =>
    head('GET /pairing HTTP/1.1', 'authorization: Bearer wrong', bearerLine(bearer)),
  ),
  refused('a credential in the query', 404, (bearer) => head(`GET /pairing?access_token=${bearer} HTTP/1.1`)),
];

const brokenHttp: readonly HostileRequest[] = [
  refused('a path that is unknown', 404, asked('GET /')),
  refused('a path with another spelling', 404, asked('GET //pairing')),
  refused('a path in percent signs', 404, asked('GET /%70airing')),
  refused('a path that climbs', 404, asked('GET /report/../pairing')),
  refused('a method that does not fit', 405, asked('DELETE /report')),
  refused('a method that nobody knows', 400, () => head('BREW /pairing HTTP/1.1')),
  refused('a page in a browser', 400, () => post('/pairing/start', '{}', 'origin: https://evil.example')),
  refused('TRACE', 405, asked('TRACE /pairing')),
  refused('an absolute address of the laptop itself', 404, asked('GET https://laptop/pairing')),
  refused('two lengths of one body', 400, () =>
    head('POST /pairing/start HTTP/1.1', 'content-length: 2', 'content-length: 3'),
  ),
  refused(
    'a length and chunks',
    400,
    () => `${head('POST /pairing/start HTTP/1.1', 'content-length: 5', 'transfer-encoding: chunked')}0\r\n\r\n`,
  ),
  refused('chunks of an odd coding', 400, () =>
    head('POST /pairing/start HTTP/1.1', 'transfer-encoding: chunked, identity'),
  ),
  refused(
    'a chunk whose size is no number',
    400,
    () => `${head('POST /pairing/start HTTP/1.1', 'transfer-encoding: chunked')}zz\r\n`,
  ),
  refused('a length below zero', 400, () => head('POST /pairing/start HTTP/1.1', 'content-length: -1')),
  {
    name: 'a space before a colon',
    // Node.js 20.18 reads the blank as a part of the name, so it is another header.
    statuses: [400, 401],
    bytes: (bearer) => head('GET /pairing HTTP/1.1', `authorization : Bearer ${bearer}`),
  },
  refused('a header over two lines', 400, () => head('GET /pairing HTTP/1.1', 'x-odd: 1\r\n 2', 'x : 3')),
  refused('a NUL in a header', 400, () => head('GET /pairing HTTP/1.1', 'x-odd: a\0b')),
  refused('no Host', 400, () => 'GET /pairing HTTP/1.1\r\n\r\n'),
  refused('HTTP/2 without a word before', 400, () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  refused(
    'an upgrade to a WebSocket',
    400,
    asked('GET /pairing', 'connection: upgrade', 'upgrade: websocket', 'sec-websocket-version: 13'),
  ),
  refused('an upgrade to HTTP/2', 400, () => head('GET /pairing HTTP/1.1', 'connection: upgrade', 'upgrade: h2c')),
  refused('an expectation that nobody knows', 400, () => head('GET /pairing HTTP/1.1', 'expect: the-impossible')),
  refused('a head that is too long', 400, () => head('GET /pairing HTTP/1.1', `x-long: ${'a'.repeat(20_000)}`)),
  refused('a thousand headers', 400, () =>
    head('GET /pairing HTTP/1.1', ...Array.from({ length: 1000 }, (_, nth) => `x-${nth}: ${'b'.repeat(10)}`)),
  ),
  refused('a body that is announced too large', 413, () =>
    head('POST /pairing/start HTTP/1.1', 'content-length: 999999999'),
  ),
  refused('a request that hides in the body of another', 400, (bearer) =>
    post('/pairing/start', head('GET /pairing HTTP/1.1', bearerLine(bearer))),
  ),
];

/** Requests for connections to other places, and to the open place in another spelling. */
function otherPlaces({ host, port }: OpenPlace): readonly HostileRequest[] {
  const connect = (status: number) => (authority: string) =>
    refused(`CONNECT to ${JSON.stringify(authority)}`, status, (bearer) => connectHead(bearer, authority));
  return [
    refused('the right credential for the wrong header: CONNECT', 407, asked(`CONNECT ${host}:${port}`)),
    refused('an absolute address, as for an open proxy', 404, (bearer) =>
      asked(`GET http://${host}/`, `proxy-${bearerLine(bearer)}`)(bearer),
    ),
    ...[
      `other.example:${port}`,
      `${host}:80`,
      `${host}:8443`,
      `token.${host}:${port}`,
      `a.${host}:${port}`,
      `${host}.:${port}`,
      `.${host}:${port}`,
      `${host}:0${port}`,
      `${host}:${port + 65_536}`,
      `127.0.0.1:${port}`,
      `127.1:${port}`,
      `0x7f000001:${port}`,
      `0177.0.0.1:${port}`,
      `2130706433:${port}`,
      `[::1]:${port}`,
      `[::ffff:127.0.0.1]:${port}`,
      `169.254.169.254:${port}`,
      `localhost:${port}`,
      `user@${host}:${port}`,
      `${host}:${port}@other.example:${port}`,
      `${host.replace('.', '%2e')}:${port}`,
      `${host}%00.other.example:${port}`,
      `xn--uth-7la.example:${port}`,
      `${host}:${port}/path`,
      `https://${host}:${port}`,
      host,
      `${host}:`,
      `${'a'.repeat(5000)}:${port}`,
    ].map(connect(403)),
    ...[`${host} :${port}`, `${host}\0:${port}`].map(connect(400)),
  ];
}

const badProofs: readonly HostileRequest[] = [
  badProof('a start that is no proof', 400, { request: 'AAAA' }),
  badProof('a start of an earlier version', 400, { version: pairingVersion - 1, request: 'AAAA' }),
  badProof('a start of a later version', 400, { version: pairingVersion + 1, request: 'AAAA' }),
  badProof('a start with another member', 400, { request: 'A', code: 'B' }),
  badProof('a start that is too long', 413, { request: 'A'.repeat(9000) }),
];

const badReports: readonly HostileRequest[] = [
  badReport('a report with a member twice', (report) => report.replace('{', '{"serverName":"other",')),
  badReport('a report with NaN', (report) => report.replace('"failureCodes"', '"license":NaN,"failureCodes"')),
  badReport('a report with a number beyond all dates', (report) =>
    report.replace('"failureCodes"', '"license":{"serverId":"a","tokenExpiresAt":1e400},"failureCodes"'),
  ),
  badReport('a report that is very deep', (report) =>
    report.replace('[]', `${'['.repeat(30_000)}${']'.repeat(30_000)}`),
  ),
  badReport('a report with invalid UTF-8', (report) => Buffer.from(report.replace('bad', 'b\u{ff}d'), 'latin1')),
  badReport('a report of another type', () => '[]'),
  badReport('an empty report', () => ''),
  badReport('a report with too long a name', (report) => report.replace('bad', 'b'.repeat(201))),
  badReport('a report with too many failures', (report) => report.replace('[]', JSON.stringify(Array(21).fill('x')))),
  {
    name: 'a report of 1 MB',
    statuses: [413],
    isCut: true,
    bytes: (bearer) => put(bearer, JSON.stringify({ id: 'x'.repeat(1_000_000) })),
  },
];

/** Whether the answer, up to the end of the connection, is one refusal. */
export function isRefusal({ statuses, isCut }: HostileRequest, answer: string): boolean {
  if (isCut && answer === '') return true;
  return statuses.includes(Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1])) && answer.split('HTTP/1.1').length === 2;
}

/** The requests that a laptop refuses at once. One table, for the laptop of a unit test and for the real console. */
export function hostileRequests(place: OpenPlace): readonly HostileRequest[] {
  return [...withWrongCredential, ...brokenHttp, ...otherPlaces(place), ...badProofs, ...badReports];
}
