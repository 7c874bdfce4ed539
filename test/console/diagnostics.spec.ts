import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate/browser';
import { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { fillDisk, mayMount } from './full-disk.ts';
import { IssuedSecrets } from './issued-secrets.ts';
import { sessionKeyring } from './session-keyring.ts';
import { storedLicense } from './real-keychain.ts';
import { answerSaveDialog, suggestedName } from './save-dialog.ts';
import { keySecrets, type Secret, SecretSearch } from './secret-search.ts';
import { Command } from './terminal.ts';
import { expectNoViolations, expectReachableWhenZoomed } from './usability.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'license-console-'));

/** The texts of a zip, by the name of their file. */
function textsOf(zip: string): Readonly<Record<string, string>> {
  execFileSync('unzip', ['-tq', zip]);
  return Object.fromEntries(
    Object.entries(unzipSync(readFileSync(zip))).map(([name, bytes]) => [name, strFromU8(bytes)]),
  );
}

test.describe('@kit the diagnostics from a terminal', () => {
  const noKeychain = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' };
  let zip: string;
  test.beforeEach(() => {
    zip = join(newFolder(), 'diagnostics.zip');
  });

  test('are saved even with broken settings and without a keychain', async () => {
    const userData = newFolder();
    writeFileSync(join(userData, 'settings.json'), '{"version":1,"profiles":');
    const { exitCode, out } = await new Command(userData, ['diagnose', `--save=${zip}`], { env: noKeychain }).ended();
    expect({ exitCode, out }).toMatchObject({ exitCode: 0, out: expect.stringContaining('README.txt') });
    const texts = textsOf(zip);
    expect(texts['settings.txt']).toContain('settings_lost');
    expect(texts['checks.txt']).toContain('Settings: ');
    expect(texts['about.txt']).toContain('Console is running: no');
    expect(texts['logs/console.log']).toContain('"event":"started"');
    expect(texts['README.txt']).not.toContain('Missing:');
  });

  test('are saved in the folder of the terminal, and never over an existing file', async () => {
    const userData = newFolder();
    const folder = newFolder();
    const save = (...more: string[]) =>
      new Command(userData, ['diagnose', '--save', 'd.zip', ...more], { env: noKeychain, folder }).ended();
    expect(await save()).toMatchObject({ exitCode: 0 });
    const before = readFileSync(join(folder, 'd.zip'));
    expect(await save()).toMatchObject({ exitCode: 2, err: expect.stringContaining('--yes') });
    expect(readFileSync(join(folder, 'd.zip')).equals(before)).toBe(true);
    expect(await save('--yes')).toMatchObject({ exitCode: 0 });
    textsOf(join(folder, 'd.zip'));
  });

  test('are saved even if no console can start', async () => {
    const userData = newFolder();
    mkdirSync(join(userData, 'SingletonLock'));
    const { exitCode, err } = await new Command(userData, ['diagnose', `--save=${zip}`]).ended();
    expect(exitCode).toBe(0);
    expect(err).toContain('is in its way');
    const texts = textsOf(zip);
    expect(texts['about.txt']).toContain('[lock_obstructed]');
    expect(texts['README.txt']).toContain('settings.txt: could not be read: the console has not started');
    expect(texts['data-folder.txt']).toContain('SingletonLock/');
    expect(texts['failure-codes.txt']).toContain('lock_obstructed');
  });

  test('are saved elsewhere even if the disk of the data folder is full', async () => {
    test.skip(!mayMount, 'A small disk can be made by root alone');
    const userData = newFolder();
    const disk = await fillDisk(userData);
    const { exitCode } = await new Command(userData, ['diagnose', `--save=${zip}`], { env: noKeychain }).ended();
    await disk.putBack();
    expect(exitCode).toBe(0);
    expect(textsOf(zip)['checks.txt']).toContain('Disk: Does not work.');
  });

  test('are saved even if the keyring hangs', async () => {
    test.skip(process.platform !== 'linux', 'The keyring of the session can be stopped on Linux only');
    test.setTimeout(180_000);
    const server = await startAuthorizationServer();
    const userData = newFolder();
    await new Command(userData, ['profiles', 'add', `--authorization-server=${server.issuer}`]).ended();
    const goOn = await sessionKeyring.freeze();
    const { exitCode } = await new Command(userData, ['diagnose', `--save=${zip}`]).ended();
    goOn();
    await server.close();
    expect(exitCode).toBe(0);
    const texts = textsOf(zip);
    expect(texts['checks.txt']).toMatch(/Keychain: Does not work\..+\[secret_store_timeout\]/);
    expect(texts['settings.txt']).toContain(server.issuer);
    expect(texts['about.txt']).toContain('Operating system: ');
  });

  test('are saved even if the running console hangs', async () => {
    test.setTimeout(120_000);
    const app = await ConsoleApp.launchInBackground();
    const { pid = 0 } = app.electron.process();
    await expect.poll(() => existsSync(join(app.userData, 'command-channel.json'))).toBe(true);
    process.kill(pid, 'SIGSTOP');
    const { exitCode, err } = await new Command(app.userData, ['diagnose', `--save=${zip}`]).ended();
    process.kill(pid, 'SIGCONT');
    await app.close();
    expect(exitCode).toBe(0);
    expect(err).toContain('does not answer');
    expect(textsOf(zip)['about.txt']).toContain('[console_not_answering]');
  });

  test('explain why they cannot be saved', async () => {
    const { exitCode, err } = await new Command(newFolder(), ['diagnose', '--save=/dev/full', '--yes'], {
      env: noKeychain,
    }).ended();
    expect(exitCode).toBe(1);
    expect(err).toContain('The diagnostics could not be saved');
    expect(err).toContain('full');
  });
});

const device = 'Store 014';
const serverId = 'store-014-8f0c2d17';
const proxyPassword = 'canary+Kx7/pass=word';

const right = `Basic ${Buffer.from(`mel:${proxyPassword}`).toString('base64')}`;

/** A proxy that wants a name and a password. Nothing is behind it. */
const given: (string | undefined)[] = [];
const proxy = createServer(({ headers }, response) => {
  given.push(headers['proxy-authorization']);
  if (headers['proxy-authorization'] === right) response.writeHead(503).end();
  else response.writeHead(407, { 'proxy-authenticate': 'Basic realm="Network"' }).end();
});

test.describe('@kit the diagnostics in the window', () => {
  let server: AuthorizationServer;
  let app: ConsoleApp;
  const dialog = () => app.page.getByRole('dialog', { name: 'Save diagnostics' });
  const files = () => dialog().getByRole('radio');
  const text = (name: string) => dialog().getByRole('region', { name: `Text of ${name}` });
  const choose = async (entry: string) =>
    app.electron.evaluate(({ Menu, BrowserWindow }, wanted) => {
      const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
      const item = items.find(({ label }) => label.replace('&', '') === wanted);
      item?.click(undefined, BrowserWindow.getAllWindows()[0], undefined);
    }, entry);
  const useProxy = (rules: string) =>
    app.electron.evaluate(
      ({ session }, proxyRules) =>
        session
          .fromPartition('authorization-service', { cache: false })
          .setProxy({ proxyRules, proxyBypassRules: '<-loopback>' }),
      rules,
    );

  test.beforeEach(async () => {
    server = await startAuthorizationServer();
    server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
  });
  test.afterEach(async () => {
    await app.close();
    await server.close();
  });

  /** Gives the console a password for a proxy, as a person does. */
  async function signInToProxy(): Promise<void> {
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    await useProxy(`127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    const check = app.call('profile.check', { issuer: 'http://localhost:7999/' });
    const question = app.page.getByRole('dialog', { name: 'A name and a password are needed' });
    await question.getByLabel('Name').fill('mel');
    await question.getByLabel('Password').fill(proxyPassword);
    await question.getByLabel('Password').press('Enter');
    await check;
    await expect
      .poll(() => app.call('profile.check', { issuer: 'http://localhost:7999/' }).then(() => given))
      .toContain(right);
    proxy.closeAllConnections();
    proxy.close();
    await useProxy('direct://');
  }

  /** Lines of a log as a program with a fault could have written them, with the secret in each form. */
  function plantInLog(secret: string): void {
    const encoded = encodeURIComponent(secret);
    const base64 = Buffer.from(secret).toString('base64');
    const texts = [
      `Error: request failed: https://auth.example/token?refresh_token=${encoded}&x=1`,
      `Authorization: Bearer ${secret}`,
      `proxy-authorization: Basic ${Buffer.from(`mel:${secret}`).toString('base64')}`,
      `{"refresh_token":${JSON.stringify(secret)},"a":1}`,
      `http://mel:${encoded}@proxy.example:8080/ refused`,
      `client_secret=${encoded}`,
      `token: ${base64}`,
    ];
    for (const name of ['console.log', 'console.old.log']) {
      const lines = texts.flatMap((stack) => [JSON.stringify({ time: '2026-11-29T10:00:00.000Z', stack }), stack]);
      appendFileSync(join(app.userData, 'logs', name), lines.map((line) => `${line}\n`).join(''));
    }
  }

  test('contain no token, code, password or key in the preview or the zip, which are the same', async () => {
    const issued = new IssuedSecrets();
    await app.expectAudience();
    await app.bindToKey();
    await app.button('Next').click();
    await app.userCode.waitFor();
    await app.call('acquisition.cancel');
    const userCode = await app.authorizeAt(server.control, device);
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    expect(await app.call('license.check')).toMatchObject({ ok: true });
    const { secret: clientSecret } = await app.createClient({ name: 'POS server', may: ['read', 'token'] });
    await signInToProxy();
    const stored = await storedLicense(app.userData);
    const canaries = new Map<string, Secret>([
      ...issued.all,
      ...keySecrets(stored),
      ['client secret', clientSecret],
      ['proxy password', proxyPassword],
      ['proxy password in its header', right.slice('Basic '.length)],
      ['proxy password, percent-encoded', encodeURIComponent(proxyPassword)],
      ['User Code', userCode],
    ]);
    issued.stop();
    expect(canaries.get('dpop_key')).toBe(stored?.dpopKey?.d);
    expect([...canaries.keys()].filter((name) => name.startsWith('device_code'))).toHaveLength(2);
    await expect.poll(() => app.log()).not.toBe('');
    for (const secret of canaries.values()) if (typeof secret === 'string') plantInLog(secret);
    const search = new SecretSearch(canaries);
    // The search works: it finds the planted ones in the log.
    expect(search.findIn(Buffer.from(app.log())).length).toBeGreaterThan(canaries.size - 4);

    await choose('Save diagnostics…');
    await expect(dialog().getByText('Nothing is saved yet')).toBeVisible({ timeout: 60_000 });
    const seen: Record<string, string> = {};
    for (const radio of await files().all()) {
      await radio.check();
      const name = (await radio.locator('xpath=..').locator('.diagnostics-name').textContent()) ?? '';
      await expect(text(name)).not.toHaveText('');
      const blocks = await text(name).locator('.diagnostics-block').allTextContents();
      seen[name] = blocks.map((block) => `${block}\n`).join('');
    }
    const zip = join(newFolder(), 'diagnostics.zip');
    await answerSaveDialog(app, zip);
    await dialog().getByRole('button', { name: 'Save…' }).click();
    await expect(app.page.locator('.toast')).toContainText('Saved as diagnostics.zip');
    await expect(dialog()).toBeHidden();
    expect(await suggestedName(app)).toMatch(/license-console-diagnostics-\d{4}-\d\d-\d\d\.zip$/);
    const saved = textsOf(zip);
    expect(Object.keys(saved).length).toBeGreaterThan(9);
    expect(seen).toEqual(saved);

    const found = Object.entries(saved).flatMap(([name, content]) =>
      search.findIn(Buffer.from(content)).map((secret) => `${secret} in ${name}`),
    );
    expect(found).toEqual([]);
    expect(search.findIn(readFileSync(zip))).toEqual([]);
    for (const content of Object.values(saved)) {
      expect(content).not.toContain(userCode);
      expect(content).not.toContain(`${homedir()}/`);
    }
    // What support needs is there.
    expect(saved['licenses.txt']).toContain(`server_id: ${serverId}`);
    expect(saved['settings.txt']).toContain(server.issuer);
    expect(saved['settings.txt']).toContain('POS server');
    expect(saved['checks.txt']).toContain('License: Works.');
    // Nothing but the planted lines had to be removed.
    const removedMark = Object.entries(saved).filter(
      ([name, content]) => !/README|logs/.test(name) && content.includes('[removed]'),
    );
    expect(removedMark).toEqual([]);
    expect(saved['history-1.csv']).toContain(serverId);
    expect(saved['failure-codes.txt']).toContain('proxy_sign_in');
    expect(saved['logs/console.log']).toMatch(/"event":"token_refresh".+"path":"\/token"/);
    expect(saved['logs/console.log']).toContain('[removed]');
    expect(saved['logs/console.old.log']).toContain('[removed]');
    console.log(
      `Diagnostics: ${canaries.size} canaries (${search.patterns} patterns) in ${Object.keys(saved).length} files, ` +
        `${found.length} appearances`,
    );
  });

  test('can be saved by keyboard alone at 200 %, and explain a failure', async () => {
    // The page of the first paint is replaced. A key that was pressed on it in that moment would be lost.
    await app.page.locator('h1[tabindex]').waitFor();
    await app.button('Help').press('Enter');
    const button = app.page.getByRole('button', { name: 'Save diagnostics…' }).first();
    await button.focus();
    await app.page.keyboard.press('Enter');
    // A screen reader hears it from inside the dialog only.
    await expect(dialog().getByRole('status')).toContainText('Nothing is saved yet', { timeout: 60_000 });
    await expectNoViolations(app, 'the diagnostics');
    await expectReachableWhenZoomed(app, 'the diagnostics');
    await files().first().focus();
    await app.page.keyboard.press('ArrowDown');
    await expect(text('about.txt')).toContainText('Operating system');
    await app.page.keyboard.press('Tab');
    await expect(text('about.txt')).toBeFocused();
    await app.page.keyboard.press('Tab');
    await answerSaveDialog(app, '/dev/full');
    await app.page.keyboard.press('Enter');
    await expect(dialog().locator('[data-failure-code="diagnostics_not_saved"]')).toContainText('The disk is full.');
    await expect(dialog().locator('[data-failure-code="diagnostics_not_saved"]')).toBeFocused();
    await answerSaveDialog(app, null);
    await dialog().getByRole('button', { name: 'Save…' }).press('Enter');
    await expect(dialog().locator('[data-failure-code]')).toHaveCount(0);
    await expect(dialog()).toBeVisible();
    await app.page.keyboard.press('Escape');
    await expect(dialog()).toBeHidden();
    await expect(button).toBeFocused();
    expect((await app.state()).diagnostics).toBeNull();
  });

  test('can be cancelled while they are collected', async () => {
    server.control.addFault({ endpoint: 'discovery', fault: { kind: 'delay', delayMs: 30_000 }, times: 9 });
    // The page may not listen to the menu bar yet.
    await expect(async () => {
      await choose('Save diagnostics…');
      await expect(dialog().getByRole('progressbar')).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await expect.poll(async () => (await app.state()).diagnostics).toMatchObject({ state: 'collecting' });
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog()).toBeHidden();
    await expect.poll(async () => (await app.state()).diagnostics).toBeNull();
  });

  test('are saved from a terminal by the running console', async () => {
    const folder = newFolder();
    const { exitCode, out } = await new Command(app.userData, ['diagnose', '--save=d.zip'], { folder }).ended();
    expect({ exitCode, out }).toMatchObject({ exitCode: 0, out: expect.stringContaining('d.zip') });
    expect(textsOf(join(folder, 'd.zip'))['about.txt']).toContain('Console is running: yes');
  });
});
