import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reconnectWaitMs } from '../../../../src-main/local-api/client/event-stream.ts';
import { LicenseClient, type LicenseClientOptions } from '../../../../src-main/local-api/license-client.ts';
import { json, ScriptedLicenseApi } from '../../../fakes/scripted-license-api.ts';

let api: ScriptedLicenseApi;
let client: LicenseClient;
const open = new Set<ServerResponse>();

function clientOf(options: LicenseClientOptions = {}): LicenseClient {
  client = new LicenseClient({ secret: 'flc_abcdefghijkl_c2VjcmV0', profileFolder: api.folder, ...options });
  return client;
}

/** Sends these at once to each client that connects, and keeps the stream open. */
function stream(...pieces: readonly string[]): void {
  api.answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const piece of pieces) response.write(piece);
    open.add(response);
  };
}

beforeEach(async () => {
  api = new ScriptedLicenseApi();
  await api.start();
});
afterEach(async () => {
  client.close();
  open.clear();
  await api.remove();
});

describe('the events of the license client', () => {
  it('start with the license, continue with its changes, and leave out comments and unknown events', async () => {
    stream(
      'id: 1\nevent: status\ndata: {"status":\ndata: "licensed"}\n\n: still here\n\nevent: later\ndata: {}\n\n',
      'id: 2\r\nevent: token_refreshed\r\ndata: {"expires_at":"2026-12-01T',
      '00:00:00Z"}\r\n\r\nevent: status\ndata: {"status":"expired"}\n\n',
    );
    const events = clientOf().events();
    const seen = [];
    for (let times = 0; times < 3; times += 1) seen.push((await events.next()).value);
    expect(seen).toEqual([
      { type: 'status', license: { status: 'licensed' } },
      { type: 'token_refreshed', expires_at: '2026-12-01T00:00:00Z' },
      { type: 'status', license: { status: 'expired' } },
    ]);
    await events.return();
  });

  it('continue after the console restarts at another address', async () => {
    stream('event: status\ndata: {"server_name":"before"}\n\n');
    const events = clientOf().events();
    expect((await events.next()).value).toMatchObject({ license: { server_name: 'before' } });
    await api.stop();
    stream('event: status\ndata: {"server_name":"after"}\n\n');
    const next = events.next();
    await api.start();
    expect((await next).value).toMatchObject({ license: { server_name: 'after' } });
    await events.return();
  });

  it('include a token that was refreshed while the client was not connected', async () => {
    const status = (issuedAt: string, lastRefreshedAt: string) => {
      const token = { state: 'valid', issued_at: issuedAt, expires_at: '2026-12-01T00:00:00.000Z' };
      return `event: status\ndata: ${JSON.stringify({ token, refresh: { last_refreshed_at: lastRefreshedAt } })}\n\n`;
    };
    const first = status('2026-11-24T12:00:00.000Z', '2026-11-24T12:00:00.100Z');
    const sameSecond = status('2026-11-24T12:00:00.000Z', '2026-11-24T12:00:00.700Z');
    const later = status('2026-11-24T13:00:00.000Z', '2026-11-24T13:00:00.100Z');
    const gone = 'event: status\ndata: {"status":"not_licensed"}\n\n';
    const events = clientOf().events();
    const seen: unknown[] = [];
    for (const told of [first, first, sameSecond, later, gone, later]) {
      api.answer = (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(told);
      };
      let event;
      do {
        event = (await events.next()).value;
        seen.push(event?.type);
      } while (event?.type !== 'status');
    }
    expect(seen.join(' ')).toBe(
      'status status token_refreshed status token_refreshed status status token_refreshed status',
    );
    await events.return();
  });

  it('start as soon as the address file can be read', async () => {
    stream('event: status\ndata: {}\n\n');
    const folder = join(api.folder, 'console');
    writeFileSync(folder, '');
    const events = clientOf({ profileFolder: folder }).events();
    const first = events.next();
    rmSync(folder);
    mkdirSync(folder);
    copyFileSync(api.addressFile, join(folder, 'license-api.json'));
    expect((await first).value).toEqual({ type: 'status', license: {} });
    await events.return();
  });

  it('stop at once when the signal aborts, also if more events have arrived', async () => {
    stream('event: status\ndata: {}\n\nevent: status\ndata: {}\n\n');
    const stop = new AbortController();
    let told = 0;
    for await (const event of clientOf().events(stop.signal)) {
      told += event.type === 'status' ? 1 : 0;
      stop.abort();
    }
    expect(told).toBe(1);
  });

  it('come over a new stream if the old one falls silent', async () => {
    stream('event: status\ndata: {}\n\n');
    const events = clientOf({ silenceMs: 50 }).events();
    await events.next();
    await events.next();
    expect(api.seen).toHaveLength(2);
    await events.return();
  });

  it.each([401, 403])('end with an error at an answer that will not change: %i', async (status) => {
    api.answer = (_request, response) => json(response, status, { code: 'unauthorized', title: 'No', detail: '' });
    await expect(clientOf().events().next()).rejects.toMatchObject({ code: 'unauthorized', status });
    expect(api.seen).toHaveLength(1);
  });

  it.each([429, 503])('continue after an answer that may change: %i', async (status) => {
    api.answer = (_request, response) => {
      json(response, status, { code: 'secret_store_locked', title: 'Locked', detail: '' });
      stream('event: status\ndata: {}\n\n');
    };
    const events = clientOf().events();
    expect((await events.next()).value).toEqual({ type: 'status', license: {} });
    await events.return();
  });

  it('end at a signal, when the client is closed, and when the loop is left', async () => {
    stream('event: status\ndata: {}\n\n');
    const stop = new AbortController();
    const bySignal = clientOf().events(stop.signal);
    await bySignal.next();
    const last = bySignal.next();
    stop.abort();
    expect(await last).toEqual({ done: true, value: undefined });
    const byClosing = client.events();
    await byClosing.next();
    const lastOfAll = byClosing.next();
    client.close();
    expect(await lastOfAll).toEqual({ done: true, value: undefined });
    expect(await client.events().next()).toEqual({ done: true, value: undefined });
    for await (const event of clientOf().events()) {
      expect(event.type).toBe('status');
      break;
    }
    await Promise.all([...open].map((response) => closed(response)));
    expect(open.size).toBe(3);
  });

  it('come over a new stream if an event never ends', async () => {
    api.answer = (_request, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(`data: ${'x'.repeat(65_536)}\n`));
      };
      response.on('drain', more);
      response.on('close', () => stream('event: status\ndata: {"fresh":true}\n\n'));
      more();
    };
    const events = clientOf().events();
    expect((await events.next()).value).toEqual({ type: 'status', license: { fresh: true } });
    await events.return();
  });

  it('reconnect after a random wait, which grows with each failure up to about 30 s', () => {
    expect([0, 1, 2, 3].map((failures) => reconnectWaitMs(failures, 0.5))).toEqual([375, 500, 750, 1250]);
    for (const failures of [0, 7, 20, 1_000_000]) {
      expect(reconnectWaitMs(failures, 0)).toBe(250);
      expect(reconnectWaitMs(failures, 0.999_999)).toBeLessThanOrEqual(30_250);
    }
  });
});

async function closed(response: ServerResponse): Promise<void> {
  if (response.destroyed) return;
  await new Promise((resolve) => response.once('close', resolve));
}
