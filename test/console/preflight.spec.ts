import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { Fault } from '../authorization-server/faults/fault-plan.ts';
import type { Endpoint } from '../authorization-server/request-log.ts';
import { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { startAuthorizationServer } from './watched-sandbox.ts';
import { FaultScene } from './faults/fault-scene.ts';
import { runLimitMs } from '../../src-main/preflight/run-preflight.ts';
import { BlackHole } from './black-hole.ts';
import { checkResults, consoleWith, foundChecks, foundIn, usualInTests } from './checked-console.ts';
import { fillDisk, mayMount } from './full-disk.ts';
import { html, LocalServer } from './local-server.ts';
import { RawServer } from './raw-server.ts';
import { answerSaveDialog, suggestedName } from './save-dialog.ts';
import { sessionKeyring } from './session-keyring.ts';
import { runCommand } from './terminal.ts';
import { StoreAndLaptop } from './two-computers/store-and-laptop.ts';
import { expectNoViolations, expectReachableWhenZoomed } from './usability.ts';

const page = (status: number): Fault => ({
  kind: 'status',
  status,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>Please wait</title><p>Not what was asked for.</p>',
});

interface Broken {
  readonly what: string;
  readonly arrange: (scene: FaultScene) => Promise<unknown> | void;
  readonly named: string;
}

function answer(what: string, endpoint: Endpoint, fault: Fault, named: string): Broken {
  return { what, arrange: (scene) => scene.plant(endpoint, fault), named };
}

const broken: readonly Broken[] = [
  { what: 'server down', arrange: (scene) => scene.server.stop(), named: 'connection: network_unreachable' },
  answer('connection dropped', 'discovery', { kind: 'drop' }, 'connection: network_unreachable'),
  {
    what: 'proxy gone',
    arrange: (scene) => scene.changeNetwork({ proxy: scene.strangers.nobody }),
    named: 'proxy: proxy_refused',
  },
  {
    what: 'proxy wants a password',
    arrange: (scene) => scene.changeNetwork({ proxy: new URL(scene.strangers.passwordProxy.origin).host }),
    named: 'proxy: proxy_sign_in',
  },
  answer('sign-in page of the network', 'discovery', page(200), 'portal: captive_portal'),
  {
    what: 'redirect to a sign-in page',
    arrange: (scene) =>
      scene.plant('discovery', { kind: 'redirect', location: `${scene.strangers.portal.origin}/login` }),
    named: 'portal: captive_portal',
  },
  answer('page of a filter', 'discovery', page(403), 'portal: unexpected_content'),
  answer('page of the network that needs a sign-in', 'discovery', page(511), 'portal: captive_portal'),
  answer('page of a server at a wrong path', 'discovery', page(404), 'authorization_server: metadata_not_found'),
  answer('busy server', 'discovery', { kind: 'status', status: 503 }, 'authorization_server: server_error'),
  answer(
    'another issuer',
    'discovery',
    { kind: 'edit-json', members: { issuer: 'https://other.example' } },
    'authorization_server: issuer_mismatch',
  ),
  answer(
    'no device flow',
    'discovery',
    { kind: 'edit-json', members: { device_authorization_endpoint: null } },
    'device_flow: device_flow_unsupported',
  ),
  answer('no keys', 'jwks', { kind: 'status', status: 500 }, 'keys: signing_keys_unavailable'),
  { what: 'clock 1 year ahead', arrange: (scene) => scene.setClock(365 * 86_400_000), named: 'clock: clock_wrong' },
  { what: 'clock 1 day behind', arrange: (scene) => scene.setClock(-86_400_000), named: 'clock: clock_wrong' },
  ...(process.platform === 'linux'
    ? [{ what: 'keychain locked', arrange: () => sessionKeyring.lock(), named: 'keychain: secret_store_locked' }]
    : []),
];

test('@kit preflight: each fault is named exactly, and a healthy computer has none', async () => {
  const scene = await FaultScene.open();
  expect(foundIn(await checkResults(scene.app))).toEqual(usualInTests);
  for (const { what, arrange, named } of broken)
    await test.step(what, async () => {
      await arrange(scene);
      expect(await foundChecks(scene.app), what).toEqual([named]);
      await scene.clear();
    });
  expect(await foundChecks(scene.app)).toEqual([]);
  await scene.close();
});

test('@kit preflight: a full disk is named', async () => {
  test.skip(!mayMount, 'A small disk is simulated with a mount, which needs root on Linux');
  const server = await startAuthorizationServer();
  const before = await ConsoleApp.launch({ issuer: server.issuer, serverName: 'Store 014' });
  const { userData } = before;
  await before.close();
  const disk = await fillDisk(userData);
  const app = await ConsoleApp.launch({ userData });
  try {
    expect(await foundOnDisk()).toEqual(['storage: settings_not_written']);
    await disk.makeRoom();
    // The small disk of the test is still almost full.
    expect(await foundOnDisk()).toEqual(['storage: attention']);
  } finally {
    await app.close();
    await disk.putBack();
    await server.close();
  }

  /** If the console had something to save meanwhile, the notice that it could not stays true. */
  async function foundOnDisk(): Promise<readonly string[]> {
    return (await foundChecks(app)).filter((found) => found !== 'settings: attention');
  }
});

async function tlsServer(
  answer: (response: ServerResponse) => void = (response) => void response.end('{}'),
): Promise<LocalServer> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Example Filter' }], { keySize: 2048 });
  return LocalServer.start((_request, response) => answer(response), { key, cert });
}

test('@kit preflight: unknown names and unsafe connections are named exactly', async () => {
  const filter = await tlsServer();
  const plain = await LocalServer.start((_request, response) => void response.end('{}'));
  const portal = await tlsServer((response) => html(response, 'Welcome to the guest network'));
  const resetting = await RawServer.start((socket) => socket.once('data', () => void socket.resetAndDestroy()));
  const rows = [
    ['https://no-such-server.invalid', 'name: network_unreachable'],
    [filter.origin, 'certificate: certificate_untrusted'],
    [plain.origin.replace('http:', 'https:'), 'certificate: connection_damaged'],
    // A sign-in page of the network cannot answer by https without a certificate: such networks show their own one, or reset.
    [portal.origin, 'certificate: certificate_untrusted'],
    [resetting.origin, 'connection: network_unreachable'],
  ] as const;
  const app = await consoleWith(rows.map(([issuer]) => issuer));
  for (const [index, [issuer, named]] of rows.entries()) {
    expect(await app.call('profile.choose', { id: `p${index}` })).toMatchObject({ ok: true });
    expect(await foundChecks(app), issuer).toEqual([named]);
  }
  await app.close();
  for (const each of [filter, plain, portal, resetting]) await each.close();
});

test('@kit preflight: a proxy that wants a password for an encrypted connection is named exactly', async () => {
  const proxy = await RawServer.start((socket) =>
    socket.on('data', () =>
      socket.write(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="proxy"\r\nContent-Length: 0\r\n\r\n',
      ),
    ),
  );
  const app = await consoleWith(['https://auth.example.com']);
  await app.electron.evaluate(
    async ({ session }, proxyRules) => {
      const service = session.fromPartition('authorization-service', { cache: false });
      await service.setProxy({ proxyRules });
    },
    `https=${new URL(proxy.origin).host}`,
  );
  const results = await checkResults(app);
  expect(foundIn(results)).toEqual(['proxy: proxy_sign_in', ...usualInTests]);
  // The proxy looks up the name, so nothing is known about it here.
  expect(results.map(({ check }) => check)).not.toContain('name');
  expect(proxy.seen).toContain('CONNECT auth.example.com:443');
  await app.close();
  await proxy.close();
});

test('@kit preflight: a name server that refuses, and one that never answers, are named', async () => {
  const computers = await StoreAndLaptop.open();
  try {
    for (const kind of ['refusing', 'silent'] as const) {
      const app = await ConsoleApp.launch({
        ...computers.launchOptions('store', kind),
        issuer: 'https://auth.example.com',
        serverName: 'Store 014',
      });
      expect(await foundChecks(app, runLimitMs), kind).toEqual(['name: network_unreachable']);
      await app.close();
    }
  } finally {
    await computers.close();
  }
});

test('@kit preflight: a network that drops every packet is named before the checks take too long', async () => {
  const hole = BlackHole.open();
  test.skip(hole === null, 'A link that drops packets needs root on Linux');
  if (!hole) return;
  const app = await consoleWith([`https://${hole.host}`]);
  try {
    expect(await foundChecks(app, runLimitMs)).toEqual(['connection: request_timeout']);
  } finally {
    await app.close();
    hole.close();
  }
});

/** What the check of other copies says. Undefined if there is nothing to look at. */
async function copiesSeen(app: ConsoleApp): Promise<string | undefined> {
  const found = (await checkResults(app)).find(({ check }) => check === 'copies');
  return found?.state === 'attention' ? found.says.join(' ') : undefined;
}

test('@kit preflight: a second console with settings of its own is named while it runs, and a command never', async () => {
  test.skip(process.platform !== 'linux', 'Only Linux says cheaply which programs run');
  const scene = await FaultScene.open();
  const { app } = scene;
  // A console of an earlier test may still be ending.
  await expect.poll(() => copiesSeen(app)).toBeUndefined();
  // A command for this console finds no copy: neither itself nor the console that answers.
  const { out } = await runCommand(app.userData, ['diagnose', '--json']);
  expect(JSON.parse(out)).toMatchObject({
    checks: expect.arrayContaining([{ check: 'copies', state: 'ok', says: expect.any(String) }]),
  });

  const [program = '', ...args] = app.commandLine;
  const folder = mkdtempSync(join(tmpdir(), 'license-console-'));
  const own = args.filter((arg) => !arg.startsWith('--user-data-dir='));
  const second = spawn(program, [`--user-data-dir=${folder}`, ...own, '--background', '--ozone-platform=headless'], {
    stdio: 'ignore',
  });
  const ended = once(second, 'exit');
  try {
    await expect.poll(() => copiesSeen(app), { timeout: 30_000 }).toContain(`(process ${second.pid})`);
    expect(await copiesSeen(app)).toContain(`in this account, with settings of its own: ${program} (process`);
  } finally {
    second.kill();
    await ended;
  }
  expect(await copiesSeen(app)).toBeUndefined();
  await scene.close();
});

test('@kit preflight: a person checks this computer in Help, sees what is wrong first, and can cancel and copy', async () => {
  const scene = await FaultScene.open();
  const { app, server } = scene;
  await app.button('Help').click();
  const check = app.page.getByRole('region', { name: 'Is everything right on this computer?' });
  // Before the first Next the console has checked this computer already.
  await check.getByRole('button', { name: 'Check Again' }).click();
  await expect(check.getByText('Nothing is wrong.')).toBeVisible();
  await check.getByText(/^Everything else/).click();
  await expect(check.getByText('The keys that prove a license can be fetched.')).toBeVisible();
  await expectNoViolations(app, 'the checks, all right');
  await expectReachableWhenZoomed(app, 'the checks, all right');

  await server.stop();
  await check.getByRole('button', { name: 'Check Again' }).click();
  await expect(check.getByText('One thing does not work.')).toBeVisible();
  await expect(check.getByText('Connection: The Authorization server cannot be reached')).toBeVisible();
  await expect(check.getByText(/Ask the people who run this network/)).toBeVisible();
  await expectNoViolations(app, 'the checks, one failed');
  await check.getByRole('button', { name: 'Copy Results' }).click();
  await expect(app.page.getByRole('region', { name: 'Result' }).getByText('The results were copied.')).toBeVisible();
  expect(await app.electron.evaluate(({ clipboard }) => clipboard.readText())).toMatch(
    /^Connection: Does not work\. .*\[network_unreachable/m,
  );
  const file = join(mkdtempSync(join(tmpdir(), 'checks-')), 'checks.txt');
  await answerSaveDialog(app, file);
  await check.getByRole('button', { name: 'Save Results…' }).click();
  await expect(app.page.getByRole('region', { name: 'Result' }).getByText(/checks\.txt/)).toBeVisible();
  expect(await suggestedName(app)).toMatch(/Checks Store 014 \d{4}-\d\d-\d\d\.txt$/);
  expect(readFileSync(file, 'utf8')).toMatch(/^Connection: Does not work\. .*\[network_unreachable/m);
  await scene.close();
});
