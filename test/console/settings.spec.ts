import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './console-test.ts';
import { profileDefaults } from '../../src-shared/servers/profile-defaults.ts';
import { settingsCode } from '../../src-shared/servers/settings-code.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { ConsoleApp } from './console-app.ts';
import { fillDisk, mayMount } from './full-disk.ts';
import { html, LocalServer } from './local-server.ts';
import { runCommand } from './terminal.ts';
import { onlyProfileId, storedLicense } from './real-keychain.ts';

const device = 'Store 014';
let app: ConsoleApp;

const newFolder = () => mkdtempSync(join(tmpdir(), 'license-console-'));

/** Settings as this version writes them, for a server that gets no requests. */
function goodSettings(more: object = {}): Record<string, unknown> {
  const server = { ...profileDefaults, issuer: 'http://127.0.0.1:9', edition: 'store', serverName: device };
  return { version: 1, currentProfileId: 'p1', profiles: { p1: server }, ...more };
}

function folderWith(settings: object): string {
  const userData = newFolder();
  writeFileSync(join(userData, 'settings.json'), JSON.stringify(settings));
  return userData;
}

const whole = JSON.stringify(goodSettings());
const unusable: readonly [what: string, content: string | Buffer][] = [
  ['empty', ''],
  ['cut off', whole.slice(0, whole.length / 2)],
  ['NUL bytes', Buffer.alloc(whole.length)],
  ['random bytes', Buffer.from(Array.from({ length: 400 }, (_value, index) => (index * 151) % 256))],
  ['a list', '[]'],
  ['null', 'null'],
  ['wrong types', JSON.stringify(goodSettings({ profiles: ['p1'] }))],
  ['no version', JSON.stringify({ ...goodSettings(), version: undefined })],
  ['an older version', JSON.stringify(goodSettings({ version: 0 }))],
  ['a later version', JSON.stringify(goodSettings({ version: 99 }))],
];

test.describe('@settings S4', () => {
  test.afterEach(() => app.close());

  for (const [what, content] of unusable) {
    test(`S4: a settings file that is ${what}: the console starts, says so, and keeps the old file intact`, async () => {
      const userData = newFolder();
      writeFileSync(join(userData, 'settings.json'), content);
      app = await ConsoleApp.launch({ userData });
      await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
      const kept = keptAside(userData, 'settings');
      await expect(app.page.getByText('The settings could not be read').first()).toContainText(kept);
      expect(readFileSync(join(userData, kept))).toEqual(Buffer.from(content));
    });
  }

  test('S4: one malformed server among good ones: the good ones are there, a message says so, the old file stays intact', async () => {
    const { profiles } = goodSettings() as { profiles: Record<string, object> };
    const userData = folderWith(goodSettings({ profiles: { ...profiles, p2: { edition: 'store' } } }));
    const content = readFileSync(join(userData, 'settings.json'));
    app = await ConsoleApp.launch({ userData });
    await expect(app.page.getByRole('heading', { name: 'Manage License' })).toBeVisible();
    const kept = keptAside(userData, 'settings');
    await expect(app.page.getByText('A server in the settings could not be read').first()).toContainText(kept);
    expect(readFileSync(join(userData, kept))).toEqual(content);
    expect((await app.state()).servers.map(({ serverName }) => serverName)).toEqual([device]);
  });

  test('S4: a folder in place of the settings file: the console starts and says so', async () => {
    const userData = newFolder();
    mkdirSync(join(userData, 'settings.json', 'something'), { recursive: true });
    app = await ConsoleApp.launch({ userData });
    await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
    const said = app.page.getByText('The settings could not be read').first();
    await expect(said).toContainText(
      `settings.json is a folder, not a file. It was kept as ${keptAside(userData, 'settings')}.`,
    );
    expect(readdirSync(userData).some((name) => existsSync(join(userData, name, 'something')))).toBe(true);
  });

  test('S4: a settings file that cannot be written: the console starts with it and says that changes are lost', async () => {
    const userData = folderWith(goodSettings());
    const writable = makeReadOnly(userData);
    try {
      app = await ConsoleApp.launch({ userData });
      await expect(app.page.getByRole('heading', { name: 'Manage License' })).toBeVisible();
      await app.call('pane.split', { percent: 60 });
      await expect(app.page.getByText('Settings cannot be saved on this computer').first()).toBeVisible();
      expect((await app.state()).profile?.serverName).toBe(device);
      expect(readFileSync(join(userData, 'settings.json'), 'utf8')).toBe(whole);
    } finally {
      writable();
    }
  });

  test('a window position on a missing monitor: the window is on the screen; a position on a present monitor is kept', async () => {
    const at = (x: number, y: number) => ({ window: { x, y, width: 1000, height: 700, maximized: false } });
    const gone: [number, number][] = [
      [5000, 200],
      [-4000, -3000],
      [200, 90_000],
    ];
    for (const [x, y] of gone) {
      app = await ConsoleApp.launch({ userData: folderWith(goodSettings(at(x, y))) });
      const { bounds, area } = await windowPlace();
      expect(bounds.width).toBe(1000);
      expect(bounds.x, `from ${x}, ${y}`).toBeGreaterThanOrEqual(area.x);
      expect(bounds.x + bounds.width).toBeLessThanOrEqual(area.x + area.width);
      expect(bounds.y).toBeGreaterThanOrEqual(area.y);
      expect(bounds.y + bounds.height).toBeLessThanOrEqual(area.y + area.height);
      await app.close();
    }
    app = await ConsoleApp.launch({ userData: folderWith(goodSettings(at(300, 150))) });
    const { bounds } = await windowPlace();
    // The window manager's frame may shift the window by the frame's width.
    expect(Math.abs(bounds.x - 300)).toBeLessThan(40);
    expect(Math.abs(bounds.y - 150)).toBeLessThan(60);
  });

  test('a second start: the first window comes to the front, the second process ends', async () => {
    app = await ConsoleApp.launch({ userData: folderWith(goodSettings()) });
    await expect.poll(() => windowState()).toMatchObject({ visible: true, focused: true });
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
    await expect.poll(() => windowState()).toMatchObject({ minimized: true });
    const second = startAgain(app);
    const [code] = (await once(second, 'exit')) as [number | null];
    expect(code).toBe(0);
    await expect.poll(() => windowState()).toEqual({ windows: 1, minimized: false, visible: true, focused: true });
  });
});

test.describe('@settings S4: what is kept about the license', () => {
  let server: AuthorizationServer;
  let userData: string;

  test.beforeAll(async () => {
    server = await startAuthorizationServer();
    server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
    await app.authorizeAt(server.control, device);
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    ({ userData } = app);
    await app.close();
    await server.stop();
  });
  test.afterAll(() => server.close());
  test.afterEach(() => app.close());

  const path = (name: string) => join(userData, `${name}.json`);

  for (const [what, spoil] of [
    ['empty', () => ''],
    ['cut off', (good: string) => good.slice(0, good.length / 2)],
    ['NUL bytes', (good: string) => '\0'.repeat(good.length)],
    ['of a later version', (good: string) => good.replace(/"version":\s*1/, '"version": 2')],
  ] as const) {
    test(`S4: a license record that is ${what}: rebuilt from the keychain without a network, with a message, and the old one is kept`, async () => {
      const name = `license.${onlyProfileId(userData)}`;
      const good = readFileSync(path(name), 'utf8');
      const tokens = await storedLicense(userData);
      const before = new Set(readdirSync(userData));
      writeFileSync(path(name), spoil(good));
      app = await ConsoleApp.launch({ userData });
      await expect(app.field('serverId')).toHaveText('store-014-8f0c2d17');
      await expect(app.field('licenseStatus')).toHaveText('Licensed');
      const kept = readdirSync(userData).filter((file) => file.startsWith(`${name}.unreadable-`) && !before.has(file));
      expect(kept).toHaveLength(1);
      await expect(
        app.page.getByText('The license details kept on this computer could not be read').first(),
      ).toContainText(kept[0] ?? '');
      expect(readFileSync(join(userData, kept[0] ?? ''), 'utf8')).toBe(spoil(good));
      const rebuilt = JSON.parse(readFileSync(path(name), 'utf8')) as { details: unknown };
      expect(rebuilt.details).toEqual((JSON.parse(good) as { details: unknown }).details);
      expect(await storedLicense(userData)).toEqual(tokens);
    });
  }

  test('S4: a full disk: the console starts with the license, says that changes are lost, and loses nothing', async () => {
    test.skip(!mayMount, 'A small disk can be made by root alone');
    const before = { settings: readFileSync(path('settings'), 'utf8'), tokens: await storedLicense(userData) };
    const disk = await fillDisk(userData);
    try {
      app = await ConsoleApp.launch({ userData });
      await expect(app.field('licenseStatus')).toHaveText('Licensed');
      await app.call('pane.split', { percent: 70 });
      await expect(app.page.getByText('Settings cannot be saved on this computer').first()).toBeVisible();
      await app.close();
      await disk.makeRoom();
      app = await ConsoleApp.launch({ userData });
      await expect(app.field('licenseStatus')).toHaveText('Licensed');
      expect((await app.state()).notices).toEqual([]);
      expect(readFileSync(path('settings'), 'utf8')).toBe(before.settings);
      expect(await storedLicense(userData)).toEqual(before.tokens);
      await app.close();
    } finally {
      await disk.putBack();
    }
  });

  test('S4: a folder that cannot be written: the console starts with the license and says that changes are lost', async () => {
    const writable = makeReadOnly(userData, userData);
    try {
      app = await ConsoleApp.launch({ userData });
      await expect(app.field('licenseStatus')).toHaveText('Licensed');
      await expect(app.page.getByText('Settings cannot be saved on this computer').first()).toBeVisible();
      const second = startAgain(app);
      expect(await once(second, 'exit')).toEqual([0, null]);
      await app.close();
    } finally {
      writable();
    }
  });

  test('S4: spoiled server metadata: a message says so, the old file is kept, and the license is still shown', async () => {
    const name = `authorization-server.${onlyProfileId(userData)}`;
    writeFileSync(path(name), '{"metadata":5}');
    app = await ConsoleApp.launch({ userData });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    const kept = keptAside(userData, name);
    await expect(app.page.getByText('What this console kept about the Authorization server').first()).toContainText(
      kept,
    );
    await server.start();
    expect(await app.call('license.check')).toMatchObject({ ok: true });
    await server.stop();
  });
});

test('@settings first run: each unusable address is named next to its field, then a good one leads to Manage License', async () => {
  const server = await startAuthorizationServer();
  const answers: Record<string, (origin: string) => [status: number, type: string, body: string]> = {
    missing: () => [404, 'text/html', '<h1>Not found</h1>'],
    website: () => [200, 'text/html', '<!doctype html><h1>Our shop</h1>'],
    text: () => [200, 'application/json', 'no JSON at all'],
    empty: () => [200, 'application/json', '{}'],
    broken: () => [503, 'text/plain', 'down'],
    plain: (origin) => [
      200,
      'application/json',
      JSON.stringify({ issuer: origin, token_endpoint: `${origin}/token`, jwks_uri: `${origin}/jwks` }),
    ],
    other: () => [200, 'application/json', JSON.stringify({ issuer: 'https://auth.example.com' })],
  };
  const servers: Record<string, LocalServer> = {};
  for (const [name, answer] of Object.entries(answers)) {
    servers[name] = await LocalServer.start((_request, response) => {
      const [status, type, body] = answer(servers[name]?.origin ?? '');
      response.writeHead(status, { 'content-type': type });
      response.end(body);
    });
  }
  const redirecting = await LocalServer.start((_request, response) => {
    response.writeHead(302, { location: `${servers['website']?.origin}/login` });
    response.end();
  });
  const nobody = await LocalServer.start((_request, response) => html(response, 'gone'));
  await nobody.close();

  app = await ConsoleApp.launch();
  await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  const address = app.page.getByLabel("Authorization server's address");
  await app.page.getByRole('radio', { name: 'Store' }).check();
  await app.page.getByLabel('Server name').fill(device);
  const at = (name: string) => servers[name]?.origin ?? '';
  const cases: readonly [typed: string, code: string, words: string][] = [
    ['http://192.0.2.7:8080', 'issuer_insecure', 'This address is not protected'],
    ['ftp://auth.example.com', 'issuer_malformed', 'This is not a complete address'],
    ['https://', 'issuer_malformed', 'This is not a complete address'],
    ['https://me:secret@auth.example.com', 'issuer_malformed', 'This is not a complete address'],
    ['two words', 'issuer_malformed', 'This is not a complete address'],
    [at('missing'), 'metadata_not_found', 'No Authorization server at this address'],
    [at('website'), 'metadata_not_found', 'No Authorization server at this address'],
    [at('text'), 'metadata_invalid', "The server's description is incomplete"],
    [at('empty'), 'metadata_invalid', "The server's description is incomplete"],
    [at('broken'), 'server_error', 'The Authorization server has a problem'],
    [at('plain'), 'device_flow_unsupported', 'This server does not offer User Codes'],
    [at('other'), 'issuer_mismatch', 'It says that its address is https://auth.example.com'],
    [redirecting.origin, 'captive_portal', 'This network may want you to sign in'],
    [nobody.origin, 'network_unreachable', 'The Authorization server cannot be reached'],
  ];
  const field = app.page.locator('.form-field').filter({ has: address });
  for (const [typed, code, words] of cases) {
    await address.fill(typed);
    await app.button('Check and continue').click();
    const failure = field.locator(`[data-failure-code="${code}"]`);
    await expect(failure, typed).toContainText(words);
    // A screen reader reads it with the field.
    const described = (await address.getAttribute('aria-describedby')) ?? '';
    await expect(
      app.page.locator(`[id="${described.split(' ').at(-1)}"]`).locator('[data-failure-code]'),
    ).toHaveAttribute('data-failure-code', code);
    expect((await app.state()).profile).toBeNull();
  }
  expect(existsSync(join(app.userData, 'settings.json'))).toBe(false);
  console.log(`First run: ${cases.length} unusable addresses, each with its own code beside the field`);

  // A missing scheme and a missing or extra slash do not matter.
  const { host } = new URL(server.issuer);
  await address.fill(`${host}/`);
  await address.blur();
  await expect(address).toHaveValue(`http://${host}/`);
  await expect(field).toContainText('The console added http://');
  // The link of one of its pages does not matter either, and an e-mail address is explained.
  await address.fill('clerk@example.com');
  await app.button('Check and continue').click();
  await expect(field).toContainText('This is an e-mail address');
  await expect(app.page.locator('button[data-look="primary"]')).toHaveCount(1);
  await address.fill(`"http://${host}/no/such/page?user_code=1"`);
  await address.blur();
  await expect(field).toContainText(
    `The console removed the text around the address. The address is now http://${host}/no/such/page`,
  );
  await app.button('Check and continue').click();
  await expect(app.page.getByRole('heading', { name: 'Manage License' })).toBeVisible();
  await expect(app.button('Next')).toBeVisible();
  expect((await app.state()).profile?.issuer).toBe(server.issuer);

  await app.close();
  for (const local of [...Object.values(servers), redirecting]) await local.close();
  await server.close();
});

test('@settings @kit first run: the QR code of a handover sheet, typed by a scanner, sets the server up', async () => {
  const server = await startAuthorizationServer();
  app = await ConsoleApp.launch({ userData: newFolder() });
  const address = app.page.getByRole('textbox', { name: "Authorization server's address" });
  const settings = {
    ...profileDefaults,
    issuer: server.issuer,
    edition: 'corporate',
    serverName: 'Store 014',
  } as const;
  await address.focus();
  await app.page.keyboard.type('{"fusion_license_settings": 2}');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByText('This console cannot read this code.')).toBeVisible();
  await address.fill('');
  await app.page.keyboard.type(settingsCode(settings));
  await expect(address).toHaveValue(server.issuer);
  await expect(app.page.getByRole('textbox', { name: 'Server name' })).toHaveValue('Store 014');
  await expect(
    app.page.locator('.form-hint', { hasText: 'The settings of Store 014 are from the QR code.' }),
  ).toBeVisible();
  expect((await app.state()).profile).toBeNull();
  await app.page.keyboard.press('Enter');
  await expect(app.button('Next')).toBeVisible();
  expect((await app.state()).profile).toMatchObject(settings);
  await app.close();
  await server.close();
});

test('@settings the Resource is refused: one press tries without it; an open form follows changes from the terminal', async () => {
  const server = await startAuthorizationServer({ dialect: 'identityserver' });
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 }, resourceParameter: 'refused' });
  const resource = 'urn:fusion-pos:license';
  app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device, args: [`--resource=${resource}`] });
  expect((await app.state()).profile?.resource).toBe(resource);
  await app.button('Next').click();
  await expect(app.failure('invalid_target')).toContainText('The server does not accept the Resource');
  await app.button('Try without the resource').click();
  await app.userCode.waitFor();
  const { profile } = await app.state();
  expect(profile).toMatchObject({ serverName: device, ...profileDefaults });
  expect(profile).not.toHaveProperty('resource');
  const userCode = (await app.userCode.textContent()) ?? '';
  await server.control.authorizeCode({ userCode, device });
  await expect(app.field('licenseStatus')).toHaveText('Licensed');

  await app.button('Settings').click();
  await app.page.getByText('Advanced', { exact: true }).click();
  await app.page.getByLabel('Server name').fill('Store 015');
  const edited = await runCommand(app.userData, ['profiles', 'edit', device, '--scope=offline_access license pos']);
  expect(edited).toMatchObject({ exitCode: 0, err: '' });
  await expect(app.page.getByLabel('Scope')).toHaveValue('offline_access license pos');
  await expect(app.page.getByLabel('Server name')).toHaveValue('Store 015');
  await app.close();
  await server.close();
});

/** The name under which a damaged file was set aside. */
function keptAside(userData: string, name: string): string {
  const kept = readdirSync(userData).filter((file) => file.startsWith(`${name}.unreadable-`));
  expect(kept).toHaveLength(1);
  return kept[0] ?? '';
}

/**
 * Makes the settings file read-only, and returns a function that undoes it. Permissions do not restrict root, so for root the file
 * is made immutable.
 */
function makeReadOnly(userData: string, file = join(userData, 'settings.json')): () => void {
  if (process.getuid?.() === 0) {
    execFileSync('chattr', ['+i', file]);
    return () => execFileSync('chattr', ['-i', file]);
  }
  const { mode } = statSync(userData);
  chmodSync(userData, 0o555);
  return () => chmodSync(userData, mode);
}

function windowPlace() {
  return app.electron.evaluate(({ BrowserWindow, screen }) => {
    const bounds = BrowserWindow.getAllWindows()[0]?.getBounds() ?? { x: 0, y: 0, width: 0, height: 0 };
    return { bounds, area: screen.getPrimaryDisplay().workArea };
  });
}

function windowState() {
  return app.electron.evaluate(({ BrowserWindow }) => {
    const [window, ...more] = BrowserWindow.getAllWindows();
    return {
      windows: more.length + (window ? 1 : 0),
      minimized: window?.isMinimized() ?? true,
      visible: window?.isVisible() ?? false,
      focused: window?.isFocused() ?? false,
    };
  });
}

/** Starts the same console again, as a second click on its icon does. */
function startAgain(first: ConsoleApp): ChildProcess {
  const [command = '', ...args] = first.commandLine;
  return spawn(command, args, { stdio: 'ignore' });
}
