import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockHolder } from '../../src-main/adapters/disk/lock-holder.ts';
import { appFolder, ConsoleApp, electronPath } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { Command } from './terminal.ts';

test('@clerk start at sign-in: switched off outside the console, the switch shows off, and switches it on again', async () => {
  test.skip(process.platform !== 'linux', 'The autostart folder belongs to Linux desktops');
  const config = mkdtempSync(join(tmpdir(), 'license-console-config-'));
  const entry = join(config, 'autostart', 'fusion-license-console.desktop');
  const app = await ConsoleApp.launch({ issuer: 'http://127.0.0.1:9', env: { XDG_CONFIG_HOME: config } });
  const focusAgain = () =>
    app.electron.evaluate(({ BrowserWindow }) => {
      const other = new BrowserWindow({ width: 200, height: 200 });
      other.once('focus', () => other.destroy());
      other.focus();
    });
  await app.button('Settings').click();
  const start = app.page.getByRole('switch', { name: 'Start when I sign in to this computer' });
  await start.check();
  const written = () => readFileSync(entry, 'utf8');
  await expect.poll(written).toContain('X-GNOME-Autostart-enabled=true');
  await expect(start).toBeChecked();

  for (const switchOff of [
    () => writeFileSync(entry, written().replace('enabled=true', 'enabled=false')),
    () => writeFileSync(entry, `${written()}Hidden=true\n`),
    () => rmSync(entry),
  ]) {
    switchOff();
    await focusAgain();
    await expect(start).not.toBeChecked();
    await start.check();
    await expect.poll(written).toContain('X-GNOME-Autostart-enabled=true');
    expect(written()).not.toContain('Hidden');
    await expect(start).toBeChecked();
  }
  await app.close();
});

test.describe('@clerk a start that cannot take the lock', () => {
  test.skip(process.platform === 'win32', 'On Windows the lock is not made of files');

  for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket']) {
    test(`a folder called ${name} is in its place: a message with its path, a log line and an exit code`, () => {
      const userData = mkdtempSync(join(tmpdir(), 'license-console-'));
      const obstacle = join(userData, name);
      mkdirSync(join(obstacle, 'kept'), { recursive: true });
      const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      // In the background no box opens, which the test could not close.
      const args = [...sandbox, `--user-data-dir=${userData}`, appFolder, '--background'];
      const { status, stderr } = spawnSync(electronPath(), args, { encoding: 'utf8', timeout: 20_000 });
      expect(status).toBe(1);
      expect(stderr).toContain(`in its way: ${obstacle}.`);
      expect(readFileSync(join(userData, 'logs', 'console.log'), 'utf8')).toContain('lock_obstructed');
    });

    test(`a folder called ${name} is in its place: a command names it at once`, async () => {
      const userData = mkdtempSync(join(tmpdir(), 'license-console-'));
      const path = join(userData, name);
      mkdirSync(join(path, 'kept'), { recursive: true });
      const { exitCode, out } = await new Command(userData, ['status', '--json']).ended();
      expect(exitCode).toBe(1);
      expect(JSON.parse(out)).toMatchObject({ failure: { code: 'lock_obstructed' } });
      const { err } = await new Command(userData, ['status']).ended();
      expect(err.replaceAll(/\s+/g, '')).toContain(path);
    });
  }

  test('a lock that was left under another name of this computer is taken over', async () => {
    const userData = mkdtempSync(join(tmpdir(), 'license-console-'));
    symlinkSync('earlier-name-999999999', join(userData, 'SingletonLock'));
    const app = await ConsoleApp.launch({ userData });
    await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
    await app.close();
  });
});

test.describe('@lifecycle a start while another console ends or hangs', () => {
  test.skip(process.platform === 'win32', 'Windows cannot stop a process for a while');
  const welcome = (app: ConsoleApp) => app.page.getByRole('heading', { name: 'Welcome' });

  test('while one ends: each of ten starts opens its window', async () => {
    const userData = mkdtempSync(join(tmpdir(), 'license-console-'));
    const first = await ConsoleApp.launch({ userData });
    let app = first;
    for (let count = 1; count <= 10; count += 1) {
      await expect(welcome(app)).toBeVisible();
      const before = app;
      const ended = before.close();
      app = await ConsoleApp.launch({ userData });
      await ended;
    }
    await expect(welcome(app)).toBeVisible();
    await app.close();
  });

  test('one that is about to end no longer claims that it can show its window', async () => {
    const app = await ConsoleApp.launch();
    const channel = join(app.userData, 'command-channel.json');
    await expect.poll(() => existsSync(channel)).toBe(true);
    const isThere = await app.electron.evaluate(
      ({ app: electronApp }, file) =>
        new Promise<boolean>((resolve) => {
          // Comes after the console's own listener. Delays the end, so that the answer still arrives.
          electronApp.once('before-quit', (event) => {
            event.preventDefault();
            resolve(process.getBuiltinModule('node:fs').existsSync(file));
          });
          electronApp.quit();
        }),
      channel,
    );
    expect(isThere).toBe(false);
    await app.close();
  });

  test('while one hangs: a command names its process and leaves it alone', async () => {
    const app = await ConsoleApp.launch();
    await expect.poll(() => existsSync(join(app.userData, 'command-channel.json'))).toBe(true);
    const pid = lockHolder(app.userData) ?? 0;
    process.kill(pid, 'SIGSTOP');
    const { exitCode, err } = await new Command(app.userData, ['status']).ended();
    process.kill(pid, 'SIGCONT');
    expect(exitCode).toBe(1);
    expect(err.replaceAll(/\s+/g, ' ')).toContain(`end process ${pid}.`);
    expect(app.log()).toContain(`"console_not_answering","process":"${pid}"`);
    await expect(welcome(app)).toBeVisible();
    await app.close();
  });

  test('while one hangs: a window opens, and the log names the process that it replaced', async () => {
    const app = await ConsoleApp.launch();
    await expect(welcome(app)).toBeVisible();
    const pid = lockHolder(app.userData) ?? 0;
    process.kill(pid, 'SIGSTOP');
    const second = await ConsoleApp.launch({ userData: app.userData });
    await expect(welcome(second)).toBeVisible();
    await app.ended();
    expect(second.log()).toContain(`"lock_taken_over","from":${pid}`);
    await second.close();
  });
});
