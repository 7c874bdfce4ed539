import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventSchemas } from '../../../../src-main/local-api/wire/endpoints.ts';
import type { ClockStatus } from '../../../../src-shared/license/license-status.ts';
import { hold, LocalApiAtWork, requestText, sendRaw } from '../../../fakes/local-api-at-work.ts';
import { servedStanding } from '../../../fakes/served-license.ts';
import { until } from '../../../fakes/until.ts';

let api: LocalApiAtWork;
let secret: string;
const readers: Socket[] = [];
beforeEach(async () => {
  api = await LocalApiAtWork.start();
  secret = api.secret(['read']);
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.destroy();
  await api.close();
});

interface Heard {
  readonly id: number;
  readonly event: string;
  readonly data: unknown;
}

async function read(
  ofSecret = secret,
): Promise<{ readonly socket: Socket; readonly events: () => Heard[]; readonly text: () => string }> {
  const socket = await hold(api.socket);
  readers.push(socket);
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  socket.write(requestText('GET /v1/events', { secret: ofSecret, headers: { connection: 'keep-alive' } }));
  await until(() => text.includes('data: ') || socket.closed);
  const events = () =>
    [...text.matchAll(/id: (\d+)\nevent: (\w+)\ndata: (.*)\n\n/g)].map(([, id, event = '', data = '']) => ({
      id: Number(id),
      event,
      data: JSON.parse(data),
    }));
  return { socket, events, text: () => text };
}

const expired = {
  ...servedStanding,
  license: servedStanding.license && {
    ...servedStanding.license,
    evaluation: {
      ...servedStanding.license.evaluation,
      token: { ...servedStanding.license.evaluation.token, state: 'expired' as const },
    },
  },
};

function refreshed() {
  const { license } = servedStanding;
  if (!license) throw new Error();
  const tokenExpiresAt = license.details.tokenExpiresAt + 3_600_000;
  const token = { ...license.evaluation.token, expiresAt: tokenExpiresAt };
  return {
    ...servedStanding,
    license: { details: { ...license.details, tokenExpiresAt }, evaluation: { ...license.evaluation, token } },
  };
}

describe('a reader of events', () => {
  it('gets the license at once and after each change, and an event for each refreshed token', async () => {
    const reader = await read();
    expect(reader.text()).toContain('content-type: text/event-stream');
    const license = await sendRaw(api.socket, requestText('GET /v1/license', { secret }));
    expect(reader.events()).toEqual([{ id: 1, event: 'status', data: license.json }]);
    for (let times = 0; times < 5; times += 1) {
      api.served.shown = { ...api.served.shown, judgedAt: api.served.shown.judgedAt + 60_000 };
      api.server.streams.changed();
    }
    api.served.shown = expired;
    api.server.streams.changed();
    api.served.shown = refreshed();
    api.server.streams.changed();
    await until(() => reader.events().length >= 4);
    const events = reader.events();
    expect(events.map(({ event }) => event)).toEqual(['status', 'status', 'token_refreshed', 'status']);
    expect(events.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    expect(events[1]?.data).toMatchObject({ token: { state: 'expired' } });
    expect(events[2]?.data).toEqual({ expires_at: '2026-11-26T13:00:00.000Z' });
    for (const { event, data } of events)
      expect(eventSchemas[event as keyof typeof eventSchemas].parse(data)).toEqual(data);
    expect(reader.text()).not.toContain('access-token');
  });

  it('gets an event for a token that was issued in the same second as the previous one', async () => {
    const reader = await read();
    const { lastRefreshedAt = 0 } = servedStanding.refresh;
    api.served.shown = {
      ...servedStanding,
      refresh: { ...servedStanding.refresh, lastRefreshedAt: lastRefreshedAt + 400 },
    };
    api.server.streams.changed();
    await until(() => reader.events().length >= 2);
    expect(reader.events()[1]).toMatchObject({
      event: 'token_refreshed',
      data: { expires_at: '2026-11-26T12:00:00.000Z' },
    });
  });

  it.each(['wrong', 'in_doubt'])(
    'gets one event when the clock becomes %s, and no more at each check',
    async (state) => {
      const reader = await read();
      for (let minutes = 0; minutes < 5; minutes += 1) {
        const trustedAt = servedStanding.judgedAt + minutes * 60_000;
        const times = { trustedAt, localAt: trustedAt - 86_400_000 };
        const clock: ClockStatus = state === 'wrong' ? { state, ...times } : { state: 'right', doubt: times };
        api.served.shown = { ...servedStanding, judgedAt: trustedAt, clock };
        api.server.streams.changed();
      }
      api.served.shown = servedStanding;
      api.server.streams.changed();
      await until(() => reader.text().split('"clock":{"state":"right"}').length === 3);
      expect(reader.events().map(({ data }) => (data as { clock: { state: string } }).clock.state)).toEqual([
        'right',
        state,
        'right',
      ]);
    },
  );

  it('gets a line each minute, from a timer that runs only while there are readers', async () => {
    expect(api.timer.count).toBe(0);
    const one = await read();
    const two = await read();
    expect(api.timer.count).toBe(1);
    await api.timer.advance(3 * 60_000);
    await until(() => one.text().match(/^:\n$/gm)?.length === 3);
    one.socket.destroy();
    two.socket.destroy();
    await until(() => api.server.streams.count === 0);
    expect(api.timer.count).toBe(0);
  });

  it('is disconnected when its client is revoked', async () => {
    const other = api.secret(['read', 'verify']);
    const reader = await read();
    const beside = await read(other);
    api.clients.revoke(api.served.profileId, secret.slice(4, 16));
    api.open.endStreams(secret.slice(4, 16));
    await until(() => reader.socket.closed);
    expect(beside.socket.closed).toBe(false);
    expect((await sendRaw(api.socket, requestText('GET /v1/events', { secret }))).status).toBe(401);
  });

  it('is disconnected if it does not read', async () => {
    const socket = connect(api.socket);
    readers.push(socket);
    socket.on('error', () => {});
    socket.pause();
    socket.write(requestText('GET /v1/events', { secret, headers: { connection: 'keep-alive' } }));
    await until(() => api.server.streams.count === 1);
    let changes = 0;
    for (; changes < 100_000 && api.server.streams.count > 0; changes += 1) {
      api.served.shown = { ...servedStanding, serverName: `${'long '.repeat(200)}${changes}` };
      api.server.streams.changed();
      if (changes % 100 === 0) await new Promise((resolve) => void setImmediate(resolve));
    }
    expect(api.server.streams.count).toBe(0);
    expect(changes).toBeLessThan(5_000);
  });
});

describe('event streams', () => {
  it('an error at the start of a stream is reported, and its connection is closed', async () => {
    const thrown = new Error('secret');
    Object.defineProperty(api.served, 'shown', {
      get: () => {
        throw thrown;
      },
    });
    const asked = requestText('GET /v1/events', { secret, headers: { connection: 'keep-alive' } });
    expect((await sendRaw(api.socket, asked)).text).toBe('');
    expect(api.faults).toEqual([thrown]);
  });

  it('one client may have 16, all clients together 64, and a stream that ends makes room', async () => {
    const secrets = [
      secret,
      ...['token', 'verify', 'more', 'last'].map((may, at) =>
        api.secret(
          may === 'token' || may === 'verify'
            ? ['read', may]
            : at === 2
              ? ['read', 'token', 'verify']
              : ['verify', 'read'],
        ),
      ),
    ];
    for (const each of secrets.slice(0, 4)) for (let times = 0; times < 16; times += 1) await read(each);
    expect(api.server.streams.count).toBe(64);
    const ask = (ofSecret = '') => sendRaw(api.socket, requestText('GET /v1/events', { secret: ofSecret }));
    expect((await ask(secrets[0])).code).toBe('too_many_streams');
    expect((await ask(secrets[4])).code).toBe('too_many_streams');
    readers.shift()?.destroy();
    await until(() => api.server.streams.count === 63);
    expect((await read(secrets[4])).events()).toHaveLength(1);
  });

  it('all streams requested over one connection end with it', async () => {
    const one = requestText('GET /v1/events', { secret, headers: { connection: 'keep-alive' } });
    const socket = await hold(api.socket, one.repeat(16));
    readers.push(socket);
    await until(() => api.server.streams.count === 16);
    expect((await sendRaw(api.socket, requestText('GET /v1/events', { secret }))).code).toBe('too_many_streams');
    socket.destroy();
    await until(() => api.server.streams.count === 0);
    expect(api.timer.count).toBe(0);
    expect((await read()).events()).toHaveLength(1);
  });

  it('a stream that waits behind another one on its connection ends when its client is revoked', async () => {
    const other = api.secret(['read', 'token']);
    const ask = (ofSecret: string) =>
      requestText('GET /v1/events', { secret: ofSecret, headers: { connection: 'keep-alive' } });
    const socket = await hold(api.socket, ask(secret) + ask(other));
    readers.push(socket);
    await until(() => api.server.streams.count === 2);
    api.open.endStreams(other.slice(4, 16));
    await until(() => socket.closed && api.server.streams.count === 0);
  });

  it('a reader keeps its connection when too many other connections are open', async () => {
    await api.close();
    api = await LocalApiAtWork.start({ connections: 5 });
    secret = api.secret(['read']);
    const reader = await read();
    const slow: Socket[] = [];
    for (let at = 0; at < 30; at += 1) slow.push(await hold(api.socket));
    await until(() => slow.filter((socket) => socket.closed).length === 26);
    expect(reader.socket.closed).toBe(false);
    for (const socket of slow) socket.destroy();
  });
});
