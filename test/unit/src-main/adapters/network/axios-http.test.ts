import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createAxiosHttp,
  type FetchingSession,
  maxBodyBytes,
  type ProxySignInOutcome,
} from '../../../../../src-main/adapters/network/axios-http.ts';
import type { NetworkEvidence } from '../../../../../src-main/authorization/network-failure.ts';
import type { RelayWay } from '../../../../../src-main/ports/relay.ts';
import type { HttpRequest } from '../../../../../src-main/ports/http.ts';
import type { FailureCode } from '../../../../../src-shared/failure-codes.ts';
import { FakeWay } from '../../../../fakes/fake-way.ts';
import { LocalServer } from '../../../../fakes/local-server.ts';
import { MemoryLog } from '../../../../fakes/memory-log.ts';

/** Node's own fetch in place of Electron's: the same interface, another network stack. */
const session: FetchingSession = {
  fetch: (input, init) => fetch(input, init),
  closeAllConnections: async () => {},
  evidence: async () => ({}),
};
const shortLimitMs = 150;

let server: LocalServer;
let log: MemoryLog;
beforeEach(async () => {
  server = await LocalServer.start();
  log = new MemoryLog();
});
afterEach(() => server.close());

async function send(request: Partial<HttpRequest> = {}, limitMs?: number) {
  return createAxiosHttp(() => session, log, limitMs).send({
    purpose: 'discovery',
    method: 'GET',
    url: `${server.address}/x?secret=1`,
    ...request,
  });
}
const codeOf = async (request: Partial<HttpRequest> = {}, limitMs?: number) => {
  const outcome = await send(request, limitMs);
  return outcome.ok ? outcome.answer.status : outcome.failure.code;
};

describe('a server profile that a laptop helps', () => {
  it('sends its requests through sessions of that way, other profiles theirs directly, and all of them after the end', async () => {
    let present: RelayWay | null = new FakeWay();
    const opened: string[] = [];
    const from = (kind: string) => (name: string) => {
      opened.push(`${kind} ${name}`);
      return session;
    };
    const http = createAxiosHttp(from('direct'), log, undefined, {
      wayOf: (profile) => (profile === 'p1' ? present : null),
      openSession: (name, used) => from(`by ${used.port}`)(name),
    });
    const sent = (profile?: string, method: 'GET' | 'POST' = 'GET') =>
      http.send({ purpose: 'poll', method, url: server.address, ...(profile ? { server: profile } : {}) });
    await sent('p1');
    await sent('p1', 'POST');
    await sent('p1');
    await sent('p2');
    await sent();
    present = null;
    await sent('p1');
    await sent('p1', 'POST');
    expect(opened).toEqual([
      'by 4444 authorization-service',
      'by 4444 authorization-service-1',
      'direct authorization-service',
      'direct authorization-service-1',
    ]);
    expect(server.requests).toHaveLength(7);
  });

  it('gets the evidence of the way that its last request to that host took, and none of the laptop about other hosts', async () => {
    const seen = (proxy: string, issuer: string): NetworkEvidence => ({
      proxy,
      certificate: { issuer, subject: '', validFromAt: 0, validUntilAt: 0, judgedAt: 0, isPublic: true },
    });
    let way: RelayWay | null = new FakeWay();
    const byLaptop: FetchingSession = { ...session, evidence: async () => seen('127.0.0.1:4444', 'by laptop') };
    const http = createAxiosHttp(
      () => ({ ...session, evidence: async () => seen('proxy.example:3128', 'own') }),
      log,
      undefined,
      { wayOf: (profile) => (profile === 'p1' ? way : null), openSession: () => byLaptop },
    );
    const own = { proxy: 'proxy.example:3128', certificate: { issuer: 'own' } };
    expect(await http.evidence(server.address, 'p1')).toMatchObject(own);
    await http.send({ purpose: 'discovery', server: 'p1', method: 'GET', url: server.address });
    const evidence = await http.evidence(`${server.address}/other`, 'p1');
    expect(evidence).toMatchObject({ throughLaptop: true, certificate: { issuer: 'by laptop' } });
    expect(evidence).not.toHaveProperty('proxy');
    expect(await http.evidence(server.address, 'p2')).toMatchObject(own);
    expect(await http.evidence('http://other.example', 'p1')).toMatchObject(own);
    way = Object.assign(new FakeWay(), { isDoubted: true });
    await http.send({ purpose: 'discovery', server: 'p1', method: 'GET', url: server.address });
    expect(await http.evidence(server.address, 'p1')).toMatchObject(own);
  });

  it('gets an answer that was lost on the way as one that may have been acted on', async () => {
    server.handler = (request) => void request.socket.destroy();
    const way = new FakeWay();
    const http = createAxiosHttp(() => session, log, undefined, { wayOf: () => way, openSession: () => session });
    const outcome = await http.send({
      purpose: 'token_refresh',
      server: 'p1',
      method: 'POST',
      url: server.address,
      body: 'a=b',
    });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'network_unreachable' }, maybeDelivered: true });
    expect(server.requests).toHaveLength(1);
  });

  it('gets a connection that the laptop does not open as a request that was not sent', async () => {
    const way = new FakeWay('relay_refused');
    const refusing = (name: string): FetchingSession => ({
      ...session,
      fetch: () => Promise.reject(new Error(name)),
    });
    const http = createAxiosHttp(() => refusing('net::ERR_INTERNET_DISCONNECTED'), log, undefined, {
      wayOf: () => way,
      openSession: () => refusing('net::ERR_TUNNEL_CONNECTION_FAILED'),
    });
    const outcome = await http.send({ purpose: 'token_refresh', server: 'p1', method: 'POST', url: server.address });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'relay_refused' }, maybeDelivered: false });
    expect(server.requests).toHaveLength(0);
  });

  const refusing: FetchingSession = {
    ...session,
    fetch: () => Promise.reject(new Error('net::ERR_TUNNEL_CONNECTION_FAILED')),
  };
  const post = { purpose: 'token_refresh', server: 'p1', method: 'POST', body: 'secret' } as const;

  /** Sends a POST while the laptop is in doubt. */
  async function sentInDoubt(direct: FetchingSession, byLaptop: FetchingSession) {
    const way = Object.assign(new FakeWay('laptop_gone'), { isDoubted: true });
    const ways = { wayOf: () => way, openSession: () => byLaptop };
    const http = createAxiosHttp(() => direct, log, shortLimitMs, ways);
    const url = `${server.address}/token?secret=1`;
    const outcome = await http.send({ ...post, url, headers: { authorization: 'secret' } });
    return { end: outcome.ok ? 'answered' : outcome.failure.code, way };
  }
  const methods = () => server.requests.map(({ method }) => method);

  it.each([200, 302, 403, 405, 503])(
    'has it sent directly in doubt if that answers with %d, and asks without query, body or headers of the request',
    async (status) => {
      server.handler = (request, response) =>
        void response.writeHead(request.method === 'GET' ? status : 200, { location: '/login' }).end();
      expect((await sentInDoubt(session, refusing)).end).toBe('answered');
      expect(methods()).toEqual(['GET', 'POST']);
      expect(server.requests[0]).toMatchObject({ url: '/token', body: '' });
      expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
    },
  );

  it.each<[string, () => Promise<Response>]>([
    ['its status', async () => new Response('', { status: 407 })],
    ['its error', () => Promise.reject(new Error('net::ERR_TUNNEL_CONNECTION_FAILED'))],
  ])('has it sent directly in doubt behind a proxy that gets its sign-in: %s', async (_name, refusal) => {
    const order: string[] = [];
    const behindProxy: FetchingSession = {
      ...session,
      fetch: (input, init) => {
        order.push(input instanceof Request ? input.method : (init?.method ?? ''));
        return order.includes('sign in') ? fetch(input, init) : refusal();
      },
      signInToProxy: async () => {
        order.push('sign in');
        return { state: 'signed_in' };
      },
    };
    expect((await sentInDoubt(behindProxy, refusing)).end).toBe('answered');
    expect(order).toEqual(['GET', 'sign in', 'GET', 'POST']);
    expect(methods()).toEqual(['GET', 'POST']);
  });

  it('has it sent through the laptop in doubt if only that answers', async () => {
    const { end, way } = await sentInDoubt(refusing, session);
    expect(end).toBe('answered');
    expect(methods()).toEqual(['GET', 'POST']);
    expect(way.isDoubted).toBe(false);
  });

  it('has no POST sent in doubt if neither answers', async () => {
    const { end, way } = await sentInDoubt(refusing, refusing);
    expect(end).toBe('laptop_gone');
    expect(way.isDoubted).toBe(true);
    expect(methods()).toEqual([]);
  });
});

describe('a request', () => {
  it('is sent unchanged and once, without cookies or credentials', async () => {
    const body = 'grant_type=refresh_token&refresh_token=%2B%2F%3D';
    await send({
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body,
    });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({ method: 'POST', url: '/x?secret=1', body });
    expect(server.requests[0]?.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    });
    expect(server.requests[0]?.headers).not.toHaveProperty('cookie');
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('tells its session to use no credentials, no cache and no redirects', async () => {
    const inits: RequestInit[] = [];
    const http = createAxiosHttp(
      () => ({ ...session, fetch: (input, init) => (inits.push(init ?? {}), fetch(input, init)) }),
      log,
    );
    await http.send({ purpose: 'discovery', method: 'GET', url: server.address });
    expect(inits).toMatchObject([{ credentials: 'omit', cache: 'no-store', redirect: 'error' }]);
  });

  it('does not send back a cookie that the server has set', async () => {
    server.handler = (_request, response) => void response.setHeader('set-cookie', 'a=b').end('{}');
    const http = createAxiosHttp(() => session, log);
    await http.send({ purpose: 'discovery', method: 'GET', url: server.address });
    await http.send({ purpose: 'discovery', method: 'GET', url: server.address });
    expect(server.requests[1]?.headers).not.toHaveProperty('cookie');
  });
});

describe('P5: a POST has its own session and a new connection', () => {
  it('no two of 200 POSTs share a session at the same time, and connections are closed before each', async () => {
    const busy = new Map<string, number>();
    const order: string[] = [];
    let shared = 0;
    const http = createAxiosHttp((name) => {
      const one: FetchingSession = {
        ...session,
        closeAllConnections: async () => void order.push(`close ${name}`),
        fetch: async (input, init) => {
          order.push(`${input instanceof Request ? input.method : init?.method} ${name}`);
          busy.set(name, (busy.get(name) ?? 0) + 1);
          if ((busy.get(name) ?? 0) > 1) shared += 1;
          try {
            return await fetch(input, init);
          } finally {
            busy.set(name, (busy.get(name) ?? 0) - 1);
          }
        },
      };
      return one;
    }, log);
    const post = { purpose: 'poll', method: 'POST', url: `${server.address}/token`, body: 'a=b' } as const;
    await Promise.all(Array.from({ length: 100 }, () => http.send(post)));
    const opened = busy.size;
    for (let nth = 0; nth < 100; nth += 1) await http.send(post);
    expect(busy.size).toBe(opened);
    expect(shared).toBe(0);
    expect(server.requests).toHaveLength(200);
    for (const name of busy.keys()) {
      const own = order.filter((step) => step.endsWith(` ${name}`));
      expect(own.every((step, nth) => step === `${nth % 2 === 0 ? 'close' : 'POST'} ${name}`)).toBe(true);
    }
  });

  it('a session whose POST failed is used again', async () => {
    let sessions = 0;
    server.handler = (request) => void request.socket.destroy();
    const http = createAxiosHttp(() => ((sessions += 1), session), log);
    for (let nth = 0; nth < 5; nth += 1)
      await http.send({ purpose: 'discovery', method: 'POST', url: server.address, body: 'a' });
    expect(sessions).toBeLessThanOrEqual(2);
  });
});

describe('an answer', () => {
  it.each([200, 201, 204, 304, 400, 401, 404, 429, 500, 503, 599, 600, 999])(
    'may have the status %d, and is not a failure',
    async (status) => {
      server.handler = (_request, response) =>
        void response
          .writeHead(status, { 'x-Name': 'v' })
          .end(status === 204 || status === 304 ? undefined : '{"a":1}');
      const outcome = await send();
      expect(outcome).toMatchObject({ ok: true, answer: { status, headers: { 'x-name': 'v' } } });
    },
  );

  it.each(['{"a":1}', 'null', '"text"', '<html>', '', '12', '\ufeff{"a":1}', '{"a":"ü€💳"}'])(
    'has its body as text, unparsed: %j',
    async (body) => {
      server.handler = (_request, response) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end(body);
      const outcome = await send();
      expect(outcome.ok && outcome.answer.body.replace(/^\ufeff/, '')).toBe(body.replace(/^\ufeff/, ''));
    },
  );

  it.each([
    ['Tue, 10 Mar 2026 12:00:00 GMT', { at: Date.parse('2026-03-10T12:00:00Z') }],
    ['soon', undefined],
    ['', undefined],
  ])("contains the server's time if the Date header is valid: %j", async (date, at) => {
    server.handler = (_request, response) => void response.setHeader('date', date).end('{}');
    const outcome = await send();
    expect(outcome.ok && outcome.answer.serverDate).toEqual(at);
  });

  it("contains the server's time also with an error status", async () => {
    server.handler = (_request, response) =>
      void response.writeHead(503, { date: 'Tue, 10 Mar 2026 12:00:00 GMT' }).end();
    expect(await send()).toMatchObject({ answer: { serverDate: { at: Date.parse('2026-03-10T12:00:00Z') } } });
  });

  it('contains no time without a Date header', async () => {
    server.handler = (_request, response) => {
      response.sendDate = false;
      response.end('{}');
    };
    const outcome = await send();
    expect(outcome.ok && 'serverDate' in outcome.answer).toBe(false);
  });
});

describe('P3: bad answers and failed requests', () => {
  it('an error that is its own cause is a failure like any other', async () => {
    const own = new Error('net::ERR_CONNECTION_RESET');
    own.cause = own;
    const http = createAxiosHttp(() => ({ ...session, fetch: () => Promise.reject(own) }), log);
    expect(await http.send({ purpose: 'poll', method: 'POST', url: server.address })).toMatchObject({
      failure: { code: 'network_unreachable' },
    });
  });

  const blob = Buffer.alloc(1024 * 1024, 'x');

  it('a body of exactly 256 KiB is accepted', async () => {
    server.handler = (_request, response) => void response.end(blob.subarray(0, maxBodyBytes));
    expect(await codeOf()).toBe(200);
  });

  it('a body of 256 KiB and a byte with a declared length is refused', async () => {
    server.handler = (_request, response) => void response.end(blob.subarray(0, maxBodyBytes + 1));
    expect(await codeOf()).toBe('response_too_large');
  });

  it.each([true, false])(
    'a request can allow a larger body, up to its own limit (the length is declared: %s)',
    async (isDeclared) => {
      const large = Buffer.alloc(3 * maxBodyBytes, 'x');
      const answered = async (body: Buffer) => {
        server.handler = (_request, response) => {
          if (!isDeclared) response.write(body.subarray(0, 1));
          response.end(body.subarray(isDeclared ? 0 : 1));
        };
        return codeOf({ largestAnswer: large.length - 1 });
      };
      expect(await answered(large.subarray(1))).toBe(200);
      expect(await answered(large)).toBe('response_too_large');
      expect(await codeOf()).toBe('response_too_large');
    },
  );

  it('a body that is too large without a declared length is refused', async () => {
    server.handler = (_request, response) => {
      for (let part = 0; part < 8; part += 1) response.write(blob.subarray(0, maxBodyBytes / 4));
      response.end();
    };
    expect(await codeOf()).toBe('response_too_large');
  });

  it('an endless body is refused before memory grows by 20 MB', async () => {
    server.handler = (_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(blob)) continue;
      };
      response.on('drain', more);
      more();
    };
    const before = process.memoryUsage().rss;
    expect(await codeOf()).toBe('response_too_large');
    expect(process.memoryUsage().rss - before).toBeLessThan(20 * 1024 * 1024);
  });

  it('a body of 50 MB, compressed to 50 KB, is refused before memory grows by 20 MB', async () => {
    const packed = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    const before = process.memoryUsage().rss;
    server.handler = (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
    expect(await codeOf()).toBe('response_too_large');
    expect(process.memoryUsage().rss - before).toBeLessThan(20 * 1024 * 1024);
  });

  it.each([301, 302, 303, 307, 308])('a redirect (%d) is not followed, and has its own code', async (status) => {
    server.handler = (request, response) =>
      request.url === '/elsewhere'
        ? void response.end('{}')
        : void response.writeHead(status, { location: '/elsewhere' }).end();
    expect(await send({ method: 'POST', body: 'a=b' })).toMatchObject({
      ok: false,
      failure: { code: 'unexpected_redirect' },
    });
    expect(server.requests.map(({ url }) => url)).toEqual(['/x?secret=1']);
  });

  it('a server that never answers is a timeout', async () => {
    server.handler = () => {};
    expect(await codeOf({}, shortLimitMs)).toBe('request_timeout');
  });

  it('a body that stops in the middle is a timeout', async () => {
    server.handler = (_request, response) => void response.writeHead(200, { 'content-length': '100' }).write('{"a":');
    expect(await codeOf({}, shortLimitMs)).toBe('request_timeout');
  });

  it('a body that arrives byte by byte for longer than the limit is a timeout', async () => {
    server.handler = (_request, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    };
    expect(await codeOf({}, shortLimitMs)).toBe('request_timeout');
  });

  it('a connection that drops before the answer is a failure, and the request may have been delivered', async () => {
    server.handler = (request) => void request.socket.destroy();
    expect(await send({ method: 'POST', body: 'a' })).toMatchObject({
      failure: { code: 'network_unreachable' },
      maybeDelivered: true,
    });
  });

  it('a connection that drops during the answer is a failure, and the request may have been delivered', async () => {
    server.handler = (request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"a":');
      setImmediate(() => request.socket.destroy());
    };
    expect(await send()).toMatchObject({ failure: { code: 'network_unreachable' }, maybeDelivered: true });
  });

  it('an answer that is not HTTP is a failure', async () => {
    server.handler = (request) => void request.socket.end('SSH-2.0-OpenSSH_9.0\r\n');
    expect(await codeOf()).toBe('network_unreachable');
  });

  it('an address where nothing listens is a failure', async () => {
    const { address } = server;
    await server.close();
    server = await LocalServer.start();
    expect(await codeOf({ url: `${address}/x` })).toBe('network_unreachable');
  });

  it.each<[string, NetworkEvidence, FailureCode]>([
    ['a redirect to another host', { redirectedTo: 'http://portal.example/' }, 'captive_portal'],
    ['a redirect that nobody saw', {}, 'unexpected_redirect'],
  ])('the failure code depends on what the session has observed: %s', async (_name, seen, code) => {
    server.handler = (_request, response) => void response.writeHead(302, { location: '/elsewhere' }).end();
    const http = createAxiosHttp(() => ({ ...session, evidence: async () => seen }), log);
    expect(await http.send({ purpose: 'discovery', method: 'GET', url: server.address })).toMatchObject({
      failure: { code },
    });
  });

  it("the failure has its usual code if the session's observations are unavailable", async () => {
    server.handler = (request) => void request.socket.destroy();
    const http = createAxiosHttp(() => ({ ...session, evidence: () => Promise.reject(new Error('gone')) }), log);
    expect(await http.send({ purpose: 'discovery', method: 'GET', url: server.address })).toMatchObject({
      failure: { code: 'network_unreachable' },
    });
  });

  it('an aborted request ends at once', async () => {
    server.handler = () => {};
    const given = new AbortController();
    const sending = send({ signal: given.signal });
    given.abort();
    expect((await sending).ok).toBe(false);
  });

  it.each(['not an address', 'https://', 'http://%zz', 'file:///etc/passwd', 'javascript:alert(1)'])(
    'an invalid address is a failure, not a rejection: %s',
    async (url) => {
      const outcome = await send({ url });
      expect(outcome.ok).toBe(false);
    },
  );
});

describe('E8: the log of requests', () => {
  it('contains the host, path and outcome, but no query, header or body', async () => {
    server.handler = (_request, response) =>
      void response.setHeader('x-token', 'canary-answer').end('{"access_token":"canary-body"}');
    await send({
      purpose: 'token_refresh',
      server: 'a-profile',
      method: 'POST',
      url: `${server.address}/token?canary-query`,
      headers: { authorization: 'canary-header' },
      body: 'refresh_token=canary-request',
    });
    const { origin } = new URL(server.address);
    const step = { area: 'server', event: 'token_refresh', op: 1, server: 'a-profile', method: 'POST', origin };
    expect(log.said).toEqual([
      { level: 'info', phase: 'start', ...step, path: '/token' },
      { level: 'info', phase: 'end', ...step, path: '/token', status: 200, durationMs: 0 },
    ]);
    expect(log.text).not.toContain('canary');
  });

  it.each([
    ['poll', 400, '{"error":"authorization_pending"}', 'end', 'authorization_pending'],
    ['poll', 400, '{"error":"access_denied","error_description":"canary"}', 'failed', 'access_denied'],
    ['token_refresh', 400, '{"error":"canary"}', 'failed', undefined],
    ['clock', 400, '{"error":"unsupported_grant_type"}', 'end', 'unsupported_grant_type'],
    ['discovery', 503, 'canary', 'failed', undefined],
  ] as const)(
    'records the outcome and known error codes, but not the answer: %s with %i %s',
    async (purpose, status, body, phase, code) => {
      server.handler = (_request, response) =>
        void response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      await send({ purpose });
      expect(log.said.at(-1)).toMatchObject({
        level: phase === 'end' ? 'info' : 'warn',
        event: purpose,
        phase,
        status,
      });
      expect(log.said.at(-1)?.['code']).toBe(code);
      expect(log.text).not.toContain('canary');
    },
  );

  it('contains what the network did, in the words of Chromium, but no address that came with it', async () => {
    const fails = async (): Promise<Response> => {
      throw new TypeError('Failed to fetch https://auth.example/canary', {
        cause: new Error('net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH at https://auth.example/canary'),
      });
    };
    const http = createAxiosHttp(() => ({ ...session, fetch: fails }), log);
    await http.send({ purpose: 'discovery', method: 'GET', url: 'https://auth.example/.well-known/x' });
    expect(log.said.at(-1)).toMatchObject({
      phase: 'failed',
      code: 'certificate_invalid',
      error: 'net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH',
    });
    expect(log.text).not.toContain('canary');
  });

  it('contains the reason for a missing answer, but no part of a secret address', async () => {
    server.handler = (request) => void request.socket.destroy();
    await send({ purpose: 'administrator_notice', url: `${server.address}/canary`, secretAddress: true });
    expect(log.said.at(-1)).toMatchObject({ level: 'warn', phase: 'failed', code: 'network_unreachable' });
    expect(log.text).not.toContain('canary');
  });
});

describe('a proxy that wants a name and a password', () => {
  const tunnelRefused = 'net::ERR_TUNNEL_CONNECTION_FAILED';
  const post = { purpose: 'poll', method: 'POST', url: 'https://auth.example/token', body: 'a=b' } as const;

  /** The proxy opens no connection until it has a sign-in. Electron's fetch then fails, or answers with `refusal`. */
  function behindProxy(outcome: ProxySignInOutcome, passesThen = true, refusal: string | number = tunnelRefused) {
    const asked: string[] = [];
    const bodies: string[] = [];
    const order: string[] = [];
    const http = createAxiosHttp(
      () => ({
        ...session,
        fetch: async (input) => {
          bodies.push(input instanceof Request ? await input.text() : '');
          order.push('send');
          if (passesThen && asked.length > 0) return new Response('{}');
          if (typeof refusal === 'string') throw new Error(refusal);
          return new Response('{}', { status: refusal });
        },
        closeAllConnections: async () => void order.push('close'),
        signInToProxy: async (url) => {
          asked.push(url);
          order.push('sign in');
          return outcome;
        },
      }),
      log,
    );
    return { http, asked, bodies, order };
  }

  it('gets what a person entered, with the request repeated on a new connection', async () => {
    const { http, asked, bodies, order } = behindProxy({ state: 'signed_in' });
    expect(await http.send(post)).toMatchObject({ ok: true, answer: { status: 200 } });
    expect(asked).toEqual([post.url]);
    expect(bodies).toEqual(['a=b', 'a=b']);
    expect(order).toEqual(['close', 'send', 'sign in', 'close', 'send']);
  });

  it('gets nothing without them: the failure names the proxy, and nothing has reached the server', async () => {
    const { http, bodies } = behindProxy({ state: 'wanted', proxy: 'proxy.example:3128' });
    expect(await http.send(post)).toMatchObject({
      ok: false,
      maybeDelivered: false,
      failure: { code: 'proxy_sign_in', facts: { proxy: 'proxy.example:3128', host: 'auth.example' } },
    });
    expect(bodies).toHaveLength(1);
  });

  it('is not assumed if no proxy asked', async () => {
    const { http, bodies } = behindProxy({ state: 'not_asked' });
    expect(await http.send(post)).toMatchObject({ ok: false, failure: { code: 'proxy_refused' } });
    expect(bodies).toHaveLength(1);
  });

  it('leads to only one question for each request', async () => {
    const { http, asked, bodies } = behindProxy({ state: 'signed_in' }, false);
    expect(await http.send(post)).toMatchObject({ ok: false, failure: { code: 'proxy_refused' } });
    expect([asked.length, bodies.length]).toEqual([1, 2]);
  });

  it.each<[string, string | number, object]>([
    ['its error', 'net::ERR_UNEXPECTED_PROXY_AUTH', { failure: { code: 'proxy_refused' }, maybeDelivered: true }],
    ['its status', 407, { ok: true, answer: { status: 407 } }],
  ])('has no POST repeated that came to the side of the server by https: %s', async (_name, refusal, result) => {
    const { http, asked, bodies } = behindProxy({ state: 'signed_in' }, true, refusal);
    expect(await http.send(post)).toMatchObject(result);
    expect([asked.length, bodies.length]).toEqual([0, 1]);
  });

  it.each<Partial<HttpRequest>>([{ method: 'GET' }, { url: 'http://auth.example/token' }])(
    'has a request repeated that loses nothing by it, or that it answered itself: %j',
    async (changed) => {
      const { http, asked } = behindProxy({ state: 'signed_in' }, true, 407);
      const { body, ...rest } = post;
      const request = changed.method ? rest : { ...rest, body };
      expect(await http.send({ ...request, ...changed })).toMatchObject({ ok: true, answer: { status: 200 } });
      expect(asked).toHaveLength(1);
    },
  );
});
