import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './console-test.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { type DialectName, dialectNames, dialects } from '../authorization-server/dialects.ts';
import { sandboxResource } from '../authorization-server/oauth/provider-configuration.ts';
import { ConsoleApp } from './console-app.ts';
import { Person } from './person.ts';
import { storedAccounts, storedLicense } from './real-keychain.ts';
import { Command, runCommand } from './terminal.ts';

/** The steps that are tested with each family of Authorization servers, in the window and in the terminal. */
const steps = ['acquire', 'refresh', 'refresh again', 'offline', 'renew', 'remove', 'deny', 'expire'] as const;
type Step = (typeof steps)[number];

const device = 'Store 014';
const license = 'lic-rms-servers';
const table = new Map<string, Step[]>();

let server: AuthorizationServer;
let app: ConsoleApp | null = null;
let done: Step[];

/** The resource that a server's settings must name, if its dialect needs one. */
function resourceOf(dialect: DialectName): string | undefined {
  return dialects[dialect].settings.resourceParameter === 'needed' ? sandboxResource : undefined;
}

async function start(dialect: DialectName, where: string): Promise<void> {
  server = await startAuthorizationServer({ dialect });
  // A dialect that announces no interval keeps its own setting. The others use 1 s instead of 5 s, to be faster.
  if (!dialects[dialect].settings.interval) server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  done = [];
  table.set(`${dialect}, ${where}`, done);
}

function dueIn(days: number): void {
  const expiresOn = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  server.control.updateLicense({ id: license, expiresOn });
}

/** Checks that the refresh token is rotated and that the new one is stored. */
async function rotated(userData: string, refresh: () => Promise<void>): Promise<void> {
  const before = (await storedLicense(userData))?.refreshToken;
  await refresh();
  const after = (await storedLicense(userData))?.refreshToken;
  expect(before).toBeTruthy();
  expect(after).toBeTruthy();
  expect(after).not.toBe(before);
}

function expectNothingOpen(): void {
  expect(server.control.grantsOfDevice({ device }).grants).toEqual([]);
}

test.describe('@dialects', () => {
  test.afterEach(async () => {
    await app?.close();
    app = null;
    await server.close();
  });

  test.afterAll(() => {
    const width = Math.max(...[...table.keys()].map((name) => name.length));
    console.log(`${'Authorization server'.padEnd(width)}  ${steps.join('  ')}`);
    for (const [name, passed] of table) {
      const cells = steps.map((step) => (passed.includes(step) ? 'ok' : '–').padEnd(step.length));
      console.log(`${name.padEnd(width)}  ${cells.join('  ')}`);
    }
  });

  for (const dialect of dialectNames) {
    test(`${dialect}: the whole life of a license, in the window`, async () => {
      await start(dialect, 'window');
      app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: device });
      const { userData } = app;
      const resource = resourceOf(dialect);
      if (resource !== undefined) {
        const { profile } = await app.state();
        expect(await app.call('profile.save', { ...profile, resource })).toMatchObject({ ok: true });
      }
      const person = new Person(app, await app.pane());
      await person.signIn();
      await person.chooseOrganization('Fusion Coffee');
      await person.chooseDevice(device);
      await person.authorize(await person.next());
      await expect(app.field('licenseStatus')).toHaveText('Licensed');
      await expect(app.field('serverId')).toHaveText('store-014-8f0c2d17');
      await expect(app.field('features')).toContainText('xms');
      done.push('acquire');

      for (const step of ['refresh', 'refresh again'] as const) {
        await rotated(userData, async () => {
          expect(await app?.call('license.check')).toMatchObject({ ok: true });
        });
        expect((await app.state()).refresh.lastFailure).toBeUndefined();
        done.push(step);
      }

      await app.close();
      await server.stop();
      app = await ConsoleApp.launch({ userData });
      await expect(app.field('licenseStatus')).toHaveText('Licensed');
      await expect(app.field('serverId')).toHaveText('store-014-8f0c2d17');
      await server.start();
      done.push('offline');

      dueIn(9);
      expect(await app.call('license.check')).toMatchObject({ ok: true });
      await expect(app.field('licenseStatus')).toHaveText('Requires Renewal');
      dueIn(900);
      await app.button('Check License Now').click();
      await expect(app.field('licenseStatus')).toHaveText('Licensed');
      done.push('renew');

      await app.button('Remove License…').click();
      await app.page.getByRole('dialog').getByRole('button', { name: 'Remove License', exact: true }).click();
      await expect(app.button('Next')).toBeVisible();
      expect(await storedAccounts(userData)).toEqual([]);
      expectNothingOpen();
      done.push('remove');

      const again = new Person(app, await app.pane());
      const denied = await again.next();
      await again.signIn();
      await again.chooseOrganization('Fusion Coffee');
      await again.chooseDevice(device);
      await again.enterCode(denied);
      await again.deny();
      await expect(app.failure('access_denied')).toContainText('The request was denied');
      done.push('deny');

      await app.button('Start again').click();
      // Start again brings a new code at once.
      await expect(app.userCode).not.toHaveText(denied);
      const expired = await again.readUserCode();
      await server.control.expireCode({ userCode: expired });
      await expect(app.failure('expired_token')).toContainText('The User Code has expired');
      await expect(app.button('Get a new code')).toBeVisible();
      expect(await storedAccounts(userData)).toEqual([]);
      expectNothingOpen();
      done.push('expire');
    });

    test(`${dialect}: the whole life of a license, in the terminal`, async () => {
      await start(dialect, 'terminal');
      const userData = mkdtempSync(join(tmpdir(), 'license-console-'));
      const resource = resourceOf(dialect);
      const ends = async (exitCode: number, ...words: string[]) => {
        const end = await runCommand(userData, words);
        expect(end, words.join(' ')).toMatchObject(exitCode === 0 ? { exitCode, err: '' } : { exitCode });
        return end;
      };
      const acquire = async (decide: (userCode: string) => Promise<unknown>) => {
        const acquiring = new Command(userData, ['acquire', '--no-qr']);
        await decide(await acquiring.says(/^ {2}User Code\s+(\S+)/m));
        return acquiring.ended();
      };
      await ends(
        0,
        'profiles',
        'add',
        `--authorization-server=${server.issuer}`,
        `--server-name=${device}`,
        ...(resource === undefined ? [] : [`--resource=${resource}`]),
      );
      const acquired = await acquire((userCode) => server.control.authorizeCode({ userCode, device }));
      expect(acquired).toMatchObject({ exitCode: 0, err: '' });
      expect(acquired.out).toContain('Licensed. Registers and servers trust this server.');
      done.push('acquire');

      for (const step of ['refresh', 'refresh again'] as const) {
        await rotated(userData, async () => void (await ends(0, 'refresh')));
        done.push(step);
      }

      await server.stop();
      expect((await ends(0, 'status')).out).toContain('Registers and servers trust this server.');
      await server.start();
      done.push('offline');

      dueIn(9);
      await ends(0, 'refresh');
      expect((await ends(4, 'status')).out).toContain('Requires Renewal');
      dueIn(900);
      await ends(0, 'refresh');
      expect((await ends(0, 'status')).out).not.toContain('Requires Renewal');
      done.push('renew');

      expect(JSON.parse((await ends(0, 'remove', '--yes', '--json')).out)).toEqual({ removed: true, revoked: true });
      expect(await storedAccounts(userData)).toEqual([]);
      expectNothingOpen();
      done.push('remove');

      const denied = await acquire((userCode) => server.control.denyCode({ userCode }));
      expect(denied.exitCode).not.toBe(0);
      expect(denied.err).toContain('The request was denied');
      done.push('deny');

      const expired = await acquire((userCode) => server.control.expireCode({ userCode }));
      expect(expired.exitCode).not.toBe(0);
      expect(expired.err).toContain('The User Code has expired');
      expect(await storedAccounts(userData)).toEqual([]);
      expectNothingOpen();
      done.push('expire');
    });
  }
});
