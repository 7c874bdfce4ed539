import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hold, LocalApiAtWork, requestText } from '../../../fakes/local-api-at-work.ts';
import type { PeerVerdict } from '../../../../src-shared/registers/peer-verdict.ts';
import { succeed } from '../../../../src-shared/result.ts';
import { acceptedPeer } from '../../../fakes/served-license.ts';
import { until } from '../../../fakes/until.ts';

let api: LocalApiAtWork;
let socket: Socket;
let text: string;
let hashed: number;
beforeEach(async () => {
  api = await LocalApiAtWork.start();
  const authenticate = api.clients.authenticate.bind(api.clients);
  hashed = 0;
  api.clients.authenticate = (authorization) => {
    hashed += 1;
    return authenticate(authorization);
  };
  socket = await hold(api.socket);
  text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
});
afterEach(async () => {
  socket.destroy();
  await api.close();
});

/** The status and the code, if any, of the next answer on the same connection. */
async function ask(secret: string, path = '/v1/license'): Promise<number> {
  text = '';
  socket.write(requestText(`GET ${path}`, { secret, headers: { connection: 'keep-alive' } }));
  await until(() => /\r\n\r\n\{.*\}$/s.test(text), 'an answer');
  return Number(text.slice(9, 12));
}

it('the same secret on the same connection is hashed once, until the clients change', async () => {
  const secret = api.secret(['read']);
  for (let times = 0; times < 20; times += 1) expect(await ask(secret)).toBe(200);
  expect(hashed).toBe(1);
  api.secret(['verify']);
  expect(await ask(secret)).toBe(200);
  expect(hashed).toBe(2);
});

it('a revoked client is refused on a connection that accepted it before', async () => {
  const secret = api.secret(['read']);
  expect(await ask(secret)).toBe(200);
  api.clients.revoke(api.served.profileId, secret.slice(4, 16));
  expect(await ask(secret)).toBe(401);
});

it('a client that is revoked during its request does not get the answer', async () => {
  const secret = api.secret(['token', 'verify']);
  let answer: (verdict: PeerVerdict) => void = () => {};
  api.served.verify = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  const body = JSON.stringify({ token: 'a.b.c' });
  socket.write(requestText('POST /v1/verify', { secret, body, headers: { connection: 'keep-alive' } }));
  await until(() => api.served.presented.length === 1, 'the call');
  api.clients.revoke(api.served.profileId, secret.slice(4, 16));
  answer(acceptedPeer);
  await until(() => /\r\n\r\n\{.*\}$/s.test(text), 'an answer');
  expect(text).toMatch(/^HTTP\/1\.1 401 /);
});

it('a client that is revoked before its whole body has arrived gets no proof', async () => {
  const secret = api.secret(['token']);
  api.served.proof = succeed('a.good.proof');
  const body = JSON.stringify({ method: 'GET', url: 'https://hub.example/' });
  const whole = requestText('POST /v1/proof', { secret, body, headers: { connection: 'keep-alive' } });
  socket.write(whole.slice(0, -10));
  await until(() => hashed === 1, 'the secret');
  api.clients.revoke(api.served.profileId, secret.slice(4, 16));
  socket.write(whole.slice(-10));
  await until(() => /\r\n\r\n\{.*\}$/s.test(text), 'an answer');
  expect(text).toMatch(/^HTTP\/1\.1 401 /);
  expect(text).not.toContain('a.good.proof');
});

it('each request is judged by its own secret, also on the same connection', async () => {
  const reader = api.secret(['read']);
  const holder = api.secret(['token']);
  expect([await ask(reader, '/v1/token'), await ask(holder, '/v1/token'), await ask(reader, '/v1/token')]).toEqual([
    403, 200, 403,
  ]);
  const wrong = `${reader.slice(0, -2)}${reader.at(-2) === 'A' ? 'B' : 'A'}${reader.at(-1)}`;
  expect([await ask(reader), await ask(wrong), await ask(reader)]).toEqual([200, 401, 200]);
});
