import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { PeerVerdict } from '../../../../src-shared/registers/peer-verdict.ts';
import { apiLimits } from '../../../../src-main/local-api/api-limits.ts';
import { hold, LocalApiAtWork, receivedOf, requestText, sendRaw } from '../../../fakes/local-api-at-work.ts';
import { acceptedPeer } from '../../../fakes/served-license.ts';
import { until } from '../../../fakes/until.ts';

let api: LocalApiAtWork;
afterEach(() => api.close());

const keepAlive = { connection: 'keep-alive' };
const verify = (secret: string) => requestText('POST /v1/verify', { secret, body: '{"token":"a.b.c"}' });

/** Everything that comes over a connection, as it comes. */
function heard(socket: Socket): { text: string } {
  const all = { text: '' };
  socket.on('data', (chunk: Buffer) => {
    all.text += chunk.toString('utf8');
  });
  return all;
}

const slowBeginnings: readonly (readonly [string, string])[] = [
  ['that say nothing', ''],
  ['that begin a header', 'POST /v1/verify HTTP/1.1\r\nhost: loc'],
  [
    'that begin a body',
    `POST /v1/verify HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{`,
  ],
];

describe('1,000 slow connections', () => {
  for (const [what, bytes] of slowBeginnings)
    it(`${what}: a good client gets its answer, and the oldest slow connections are closed`, async () => {
      api = await LocalApiAtWork.start();
      const secret = api.secret(['verify']);
      const slow: Socket[] = [];
      for (let at = 0; at < 1_000; at += 1) slow.push(await hold(api.socket, bytes));
      const answer = await sendRaw(api.socket, verify(secret));
      expect(answer.json).toMatchObject({ accepted: true });
      await until(() => slow.filter((socket) => socket.closed).length >= 1_000 - apiLimits.connections);
      expect(slow[0]?.closed).toBe(true);
      expect(slow.at(-1)?.closed).toBe(bytes.includes('{'));
      expect(api.server.connections).toBeLessThanOrEqual(apiLimits.connections);
      for (const socket of slow) socket.destroy();
    });

  it('displace neither a client that has sent its secret nor a request that is being answered', async () => {
    api = await LocalApiAtWork.start({ connections: 10 });
    const secret = api.secret(['verify']);
    const rested = await hold(
      api.socket,
      requestText('POST /v1/verify', { secret, body: '{"token":"a"}', headers: keepAlive }),
    );
    const restedHeard = heard(rested);
    await until(() => restedHeard.text.includes('accepted'));
    let answer: (verdict: PeerVerdict) => void = () => {};
    api.served.verify = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const asking = sendRaw(api.socket, verify(secret));
    await until(() => api.served.presented.length === 2);
    const slow: Socket[] = [];
    for (let at = 0; at < 50; at += 1) slow.push(await hold(api.socket));
    await until(() => slow.filter((socket) => socket.closed).length === 42);
    expect(rested.closed).toBe(false);
    answer(acceptedPeer);
    expect((await asking).json).toMatchObject({ accepted: true });
    api.served.verify = () => acceptedPeer;
    rested.write(verify(secret));
    await until(() => rested.closed);
    expect(restedHeard.text.match(/200 OK/g)).toHaveLength(2);
    for (const socket of slow) socket.destroy();
  });

  it('a new connection is closed if all others are being answered', async () => {
    api = await LocalApiAtWork.start({ connections: 3 });
    const secret = api.secret(['verify']);
    const answers: ((verdict: PeerVerdict) => void)[] = [];
    api.served.verify = () => new Promise((resolve) => void answers.push(resolve));
    const asking = [1, 2, 3].map(() => sendRaw(api.socket, verify(secret)));
    await until(() => answers.length === 3);
    expect((await sendRaw(api.socket, verify(secret))).text).toBe('');
    for (const answer of answers) answer(acceptedPeer);
    for (const answer of await Promise.all(asking)) expect(answer.status).toBe(200);
  });
});

describe('the time limit of a request', () => {
  const brief = { headersTimeoutMs: 100, requestTimeoutMs: 150, checkEveryMs: 20 };

  for (const [what, bytes] of slowBeginnings.slice(1))
    it(`closes connections ${what} and then stop`, async () => {
      api = await LocalApiAtWork.start(brief);
      const whole = bytes.replace('\r\n\r\n', `\r\nauthorization: Bearer ${api.secret(['verify'])}\r\n\r\n`);
      const answer = await sendRaw(api.socket, whole);
      expect(answer.text === '' || answer.code === 'request_timeout').toBe(true);
    });

  it('closes an idle connection', async () => {
    api = await LocalApiAtWork.start({ keepAliveTimeoutMs: 50 });
    const socket = await hold(api.socket, requestText('GET /v1/health', { headers: keepAlive }));
    await once(socket, 'close');
  });

  it('is short enough in the console as shipped, and so are the size limits', () => {
    expect(apiLimits.headersTimeoutMs).toBeLessThanOrEqual(15_000);
    expect(apiLimits.requestTimeoutMs).toBeLessThanOrEqual(30_000);
    expect(apiLimits.keepAliveTimeoutMs).toBeLessThanOrEqual(120_000);
    expect(apiLimits.bodyBytes).toBe(131_072);
    expect(apiLimits.headerBytes).toBe(16_384);
  });
});

it('a connection that sends requests without waiting for answers gets only a few of them processed', async () => {
  api = await LocalApiAtWork.start();
  const secret = api.secret(['verify']);
  api.served.verify = () => new Promise(() => {});
  const one = requestText('POST /v1/verify', { secret, body: '{"token":"a"}', headers: keepAlive });
  const answer = await sendRaw(api.socket, one.repeat(500));
  expect(answer.text).toBe('');
  expect(api.served.presented.length).toBeLessThanOrEqual(apiLimits.pipelined);
});

it('a connection that does not read its answers is closed', async () => {
  api = await LocalApiAtWork.start();
  const one = requestText('GET /v1/openapi.json', { headers: keepAlive });
  const silent = await hold(api.socket);
  silent.pause();
  silent.write(one.repeat(2_000));
  await until(() => api.server.connections === 0, 'an end of it');
  silent.destroy();
});

it('a client that reads its answers can send requests without end', async () => {
  api = await LocalApiAtWork.start();
  const one = requestText('GET /v1/health', { headers: keepAlive });
  const socket = await hold(api.socket);
  const all = heard(socket);
  const several = apiLimits.pipelined / 2;
  for (let times = 1; times <= 100; times += 1) {
    socket.write(one.repeat(several));
    await until(() => all.text.split('200 OK').length - 1 === times * several, 'the answers');
  }
  socket.destroy();
});

it('a connection that ends in the middle of a body leaves no connection and no error behind', async () => {
  api = await LocalApiAtWork.start();
  const secret = api.secret(['verify']);
  for (let at = 0; at < 50; at += 1) {
    const socket = await hold(api.socket, verify(secret).slice(0, -3));
    socket.destroy();
  }
  await until(() => api.server.connections === 0);
  expect(api.faults).toEqual([]);
});

it('a client that leaves before its answer leaves no connection and no error behind', async () => {
  api = await LocalApiAtWork.start();
  const secret = api.secret(['verify']);
  const answers: ((verdict: PeerVerdict) => void)[] = [];
  api.served.verify = () => new Promise((resolve) => void answers.push(resolve));
  const socket = await hold(api.socket, verify(secret));
  await until(() => answers.length === 1);
  socket.destroy();
  await until(() => api.server.connections === 0);
  answers[0]?.(acceptedPeer);
  expect(receivedOf((await sendRaw(api.socket, requestText('GET /v1/health'))).text).status).toBe(200);
  expect(api.faults).toEqual([]);
});

it('a request with Expect: 100-continue gets 100 Continue before it sends its body', async () => {
  api = await LocalApiAtWork.start();
  const secret = api.secret(['verify']);
  const request = requestText('POST /v1/verify', {
    secret,
    body: '{"token":"a"}',
    headers: { expect: '100-continue' },
  });
  const [head = '', body = ''] = request.split('\r\n\r\n');
  const socket = await hold(api.socket, `${head}\r\n\r\n`);
  const all = heard(socket);
  await until(() => all.text.startsWith('HTTP/1.1 100 Continue'));
  socket.write(body);
  await until(() => socket.closed);
  expect(all.text).toContain('"accepted":true');
});
