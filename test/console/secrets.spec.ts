import { expect, type Page, test } from './console-test.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { licenseFields } from '../../src-shared/license/license-details.ts';
import { ConsoleApp } from './console-app.ts';
import { IssuedSecrets } from './issued-secrets.ts';
import { onlyProfileId, storedLicense } from './real-keychain.ts';
import { heapSnapshot, processMemory, rendererProcesses } from './renderer-memory.ts';
import { keySecrets, type Secret, SecretSearch } from './secret-search.ts';

const device = 'Store 014';
const serverId = 'store-014-8f0c2d17';

let server: AuthorizationServer;
let app: ConsoleApp;

async function startServer(): Promise<void> {
  server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
}

test('@security E8: no token, device code or DPoP key outside the keychain: profile folder, log, IPC, screens, clipboard', async () => {
  const issued = new IssuedSecrets();
  await startServer();
  app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
  await app.expectAudience();
  await app.bindToKey();
  await app.pane();
  await recordIpc();
  await recordSnapshots(app.page);

  // A cancelled code, a denied code, a refused token, and finally a license.
  await app.button('Next').click();
  await app.userCode.waitFor();
  await app.call('acquisition.cancel');
  await app.button('Next').click();
  await app.userCode.waitFor();
  const userCode = (await app.userCode.textContent()) ?? '';
  await server.control.denyCode({ userCode });
  await expect(app.failure('access_denied')).toBeVisible();
  await app.call('support.copy', { code: 'access_denied' });
  const clipboard = [await readClipboard()];
  await app.call('acquisition.cancel');
  server.control.overrideClaims({ device, set: { aud: 'urn:other:product' } });
  await app.authorizeAt(server.control, device);
  await expect(app.failure('token_audience_mismatch')).toBeVisible();
  server.control.clearClaimOverrides();
  await app.call('acquisition.cancel');
  await app.authorizeAt(server.control, device);
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  // Refreshes that work, fail in transit or get a bad token, and a removal that fails.
  expect(await app.call('license.check')).toMatchObject({ ok: true });
  server.control.addFault({ endpoint: 'token', fault: { kind: 'html' }, times: 1 });
  expect(await app.call('license.check')).toMatchObject({ ok: false });
  server.control.addFault({ endpoint: 'token', fault: { kind: 'bad-signature' }, times: 1 });
  expect(await app.call('license.check')).toMatchObject({ ok: false });
  expect(await app.call('license.check')).toMatchObject({ ok: true });
  server.control.addFault({ endpoint: 'revocation', fault: { kind: 'status', status: 500 }, times: 1 });
  expect(await app.call('license.remove', { hereOnly: false })).toMatchObject({ ok: false });
  for (const field of licenseFields) {
    await app.call('license.copy_field', { field });
    clipboard.push(await readClipboard());
  }
  await app.call('support.copy', { code: 'none' });
  clipboard.push(await readClipboard());

  const stored = await storedLicense(app.userData);
  const canaries = new Map<string, Secret>([...issued.all, ...keySecrets(stored)]);
  issued.stop();
  // The secrets in the keychain are among the issued ones, so these are the right canaries.
  expect([...canaries.values()]).toEqual(expect.arrayContaining([stored?.accessToken, stored?.refreshToken]));
  expect(canaries.get('dpop_key')).toBe(stored?.dpopKey?.d);
  expect([...canaries.keys()].filter((name) => name.startsWith('device_code'))).toHaveLength(4);
  expect([...canaries.keys()].filter((name) => name.startsWith('access_token')).length).toBeGreaterThanOrEqual(5);
  const search = new SecretSearch(canaries);
  // The Server ID appears wherever license data does. If a search cannot find it there, the search does not work.
  const control = new SecretSearch(new Map([['Server ID', serverId]]));
  const places: Record<string, Buffer> = {
    'IPC, as main sends it': Buffer.from(await readIpc()),
    'snapshots, as the screen gets them': Buffer.from(await readSnapshots(app.page)),
    'heap of the screen': await heapSnapshot(app.electron, 'fusion-console:'),
    "heap of the Authorization server's pages": await heapSnapshot(app.electron, server.issuer),
    'page of the screen': Buffer.from(await app.page.content()),
    clipboard: Buffer.from(clipboard.join('\n')),
  };
  await expect.poll(() => app.log()).not.toBe('');
  const spoken = ['IPC, as main sends it', 'snapshots, as the screen gets them', 'heap of the screen', 'clipboard'];
  for (const place of spoken) expect(control.findIn(places[place] ?? Buffer.alloc(0)), place).toEqual(['Server ID']);
  const found = Object.entries(places).flatMap(([place, bytes]) =>
    search.findIn(bytes).map((name) => `${name} in ${place}`),
  );
  // Far larger data, so the search skips base64.
  const plain = new SecretSearch(canaries, 'plain');
  const renderers = await rendererProcesses(app.electron);
  for (const [pid, shows] of renderers) {
    const memory = processMemory(pid);
    if (shows === 'fusion-console:') expect(control.findIn(memory)).toEqual(['Server ID']);
    found.push(...plain.findIn(memory).map((name) => `${name} in the memory of the renderer of ${shows}`));
  }
  const running = search.findBelow(app.userData);
  await app.close();
  const closed = search.findBelow(app.userData);
  found.push(...running.found, ...closed.found);
  const log = app.log();
  expect(log).toContain('"path":"/token"');
  expect(log).toMatch(/"event":"poll".+"code":"access_denied"/);
  expect(log).toContain(`"area":"pane","event":"shows","origin":"${server.issuer}"`);
  expect(userCode.length).toBeGreaterThan(7);
  expect(log).not.toContain(userCode);
  expect(control.findBelow(app.userData).found).toContain(`Server ID in license.${onlyProfileId(app.userData)}.json`);
  const count = Object.keys(places).length + renderers.length + closed.files;
  console.log(
    `E8: ${canaries.size} canaries (${search.patterns} patterns), ${count} places ` +
      `(${closed.files} files of the profile folder, ${Object.keys(places).join(', ')}, ` +
      `memory of ${renderers.length} renderers), ${found.length} appearances`,
  );
  expect(found).toEqual([]);
  await server.close();
});

/** Records in the main process, as text, everything that it sends to the screen, including answers. */
async function recordIpc(): Promise<void> {
  await app.electron.evaluate(({ webContents }) => {
    const recorded: string[] = [];
    Object.assign(globalThis, { recordedIpc: recorded });
    for (const contents of webContents.getAllWebContents()) {
      const send = contents.send.bind(contents);
      contents.send = (channel: string, ...args: unknown[]) => {
        recorded.push(JSON.stringify([channel, ...args]));
        send(channel, ...args);
      };
      const handlers = Reflect.get(contents.ipc, '_invokeHandlers') as Map<string, (...args: unknown[]) => unknown>;
      for (const [channel, handle] of handlers) {
        handlers.set(channel, async (...args: unknown[]) => {
          const answer = await handle(...args);
          recorded.push(JSON.stringify([channel, answer]));
          return answer;
        });
      }
    }
  });
}

function readIpc(): Promise<string> {
  return app.electron.evaluate(() => (globalThis as unknown as { recordedIpc: string[] }).recordedIpc.join('\n'));
}

async function recordSnapshots(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seenSnapshots: seen });
    (
      window as unknown as { licenseConsole: { on(event: string, listener: (value: unknown) => void): void } }
    ).licenseConsole.on('console.changed', (state) => seen.push(JSON.stringify(state)));
  });
}

function readSnapshots(page: Page): Promise<string> {
  return page.evaluate(() => (window as unknown as { seenSnapshots: string[] }).seenSnapshots.join('\n'));
}

function readClipboard(): Promise<string> {
  return app.electron.evaluate(({ clipboard }) => clipboard.readText());
}
