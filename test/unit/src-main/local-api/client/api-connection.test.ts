import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LicenseApiError, LicenseClient } from '../../../../../src-main/local-api/license-client.ts';
import { json, ScriptedLicenseApi } from '../../../../fakes/scripted-license-api.ts';
import { until } from '../../../../fakes/until.ts';

const secret = 'flc_abcdefghijkl_c2VjcmV0';
let api: ScriptedLicenseApi;
let client: LicenseClient;

beforeEach(async () => {
  api = new ScriptedLicenseApi();
  await api.start();
  client = new LicenseClient({ secret, profileFolder: api.folder, timeoutMs: 300_000 });
});
afterEach(async () => {
  client.close();
  await api.remove();
});

async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => 'it was answered',
    (thrown: unknown) => thrown,
  );
  return error instanceof LicenseApiError ? error.code : String(error);
}

it('when the console ends, every call fails with a code, also a call that waits for a connection', async () => {
  api.answer = () => {};
  const calls = Array.from({ length: 30 }, () => codeOf(client.license()));
  await until(() => api.seen.length === 8);
  await api.stop();
  const codes = await Promise.all(calls);
  expect(codes).toEqual(Array(30).fill('console_not_running'));
  api.answer = (_request, response) => json(response, 200, {});
  await api.start();
  expect(await Promise.all(Array.from({ length: 30 }, () => codeOf(client.license())))).toEqual(
    Array(30).fill('it was answered'),
  );
});

it('a call that waits for a connection times out like any other call', async () => {
  client.close();
  client = new LicenseClient({ secret, profileFolder: api.folder, timeoutMs: 60 });
  api.answer = () => {};
  const codes = await Promise.all(Array.from({ length: 30 }, () => codeOf(client.license())));
  expect(codes).toEqual(Array(30).fill('timed_out'));
});

it('closing the client ends all calls and repeats none of them', async () => {
  await client.health();
  api.answer = () => {};
  // One over the kept connection, others over new ones, and more calls than connections.
  const calls = Array.from({ length: 10 }, () => codeOf(client.license()));
  await until(() => api.seen.length === 9);
  client.close();
  expect(await Promise.all(calls)).toEqual(Array(10).fill('closed'));
  expect(api.seen).toHaveLength(9);
});

it('a switch to another protocol is refused as a malformed answer', async () => {
  const path = api.nextSocket();
  const other = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.write('HTTP/1.1 101 Switching\r\nupgrade: other\r\nconnection: upgrade\r\n\r\n'));
  });
  other.listen(path);
  await once(other, 'listening');
  client.close();
  client = new LicenseClient({ secret, address: path, timeoutMs: 300_000 });
  expect(await codeOf(client.license())).toBe('answer_malformed');
  other.close();
});
