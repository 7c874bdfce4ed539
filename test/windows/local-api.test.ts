import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LicenseClient } from '../../src-main/local-api/license-client.ts';
import { OwnProcess } from './own-process.ts';

let folder: string;
const processes: OwnProcess[] = [];
const clients: LicenseClient[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'a store’s console ü-'));
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  for (const one of processes.splice(0)) await one.kill();
  rmSync(folder, { recursive: true, force: true });
});

function start(name: string, ...args: readonly string[]): OwnProcess {
  const started = new OwnProcess(name, ...args);
  processes.push(started);
  return started;
}

function clientOf(secret: string): LicenseClient {
  const client = new LicenseClient({ secret, profileFolder: folder });
  clients.push(client);
  return client;
}

describe('the local license API of a console in a separate process', () => {
  test('is killed, and another console opens it: calls and streams of a program find the new one', async () => {
    const first = start('local-api', folder);
    const client = clientOf(await first.heard('secret'));
    await first.heard('open');
    expect((await client.license()).status).toBeDefined();
    const events = client.events();
    expect((await events.next()).done).toBe(false);
    await first.kill();
    await expect(client.license()).rejects.toMatchObject({ code: 'console_not_running' });
    const second = start('local-api', folder);
    await second.heard('open');
    expect((await client.license()).status).toBeDefined();
    expect((await events.next()).done).toBe(false);
    await events.return();
  });

  test('writes its new address, even if a program has the old file open', async () => {
    const first = start('local-api', folder);
    const client = clientOf(await first.heard('secret'));
    await first.heard('open');
    await first.kill();
    const holder = start('file-holder', join(folder, 'license-api.json'));
    await holder.heard('holds');
    const second = start('local-api', folder);
    expect(await second.heard('untold')).toBe('file_in_use');
    await holder.kill();
    const third = start('local-api', folder);
    await third.heard('open');
    expect((await client.license()).status).toBeDefined();
  });
});
