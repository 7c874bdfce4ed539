import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { chromium, expect, test } from '@playwright/test';
import { debuggerAddress } from './debugger-address.ts';

const repository = join(import.meta.dirname, '../..');
/** A port that nothing listens on. */
const nobodyThere = 'http://127.0.0.1:9';
const binary = join(repository, 'dist/linux-unpacked/fusion-license-console');

test.describe('@package', () => {
  test.skip(process.platform !== 'linux', 'the folder package is made on Linux');

  test.beforeAll(() => {
    test.setTimeout(300_000);
    execFileSync(process.execPath, [join(repository, 'test/set-up/dist.mjs')], { cwd: repository, stdio: 'inherit' });
  });

  test('E7: fuses of the packaged app', async () => {
    const fuses = await getCurrentFuseWire(binary);
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
      // On Linux alone: a frozen keyring would keep the window from opening.
      FuseV1Options.EnableCookieEncryption,
    ];
    for (const fuse of off) expect(fuses[fuse], FuseV1Options[fuse]).toBe(FuseState.DISABLE);
    expect(fuses[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE);
  });

  test('the license client for the developers of the POS server lies beside the app', () => {
    const folder = join(repository, 'dist/linux-unpacked/resources/license-client');
    const files = ['README.md', 'license-client.d.ts', 'license-client.js', 'package.json'];
    expect(readdirSync(folder).toSorted()).toEqual(files);
  });

  test('the command of the terminal is in the package, and runs without a display', () => {
    accessSync(join(binary, '../resources/license-console'), constants.X_OK);
    const userData = mkdtempSync(join(tmpdir(), 'license-console-package-'));
    const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env;
    const args = [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${userData}`,
      '--ozone-platform=headless',
      '--disable-gpu',
      '--log-level=3',
      '--',
      '--command',
    ];
    const run = (...words: string[]) =>
      spawnSync(binary, [...args, ...words], { env, encoding: 'utf8', timeout: 60_000 });
    expect(run('profiles', '--json')).toMatchObject({ status: 0, stdout: '{"servers":[]}\n', stderr: '' });
    expect(run('status')).toMatchObject({ status: 3, stdout: '' });
    expect(run('nonsense').status).toBe(2);
  });

  test('the packaged app starts and shows its page; the keychain module is in it', async () => {
    const userData = mkdtempSync(join(tmpdir(), 'license-console-package-'));
    const child = spawn(
      binary,
      [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--remote-debugging-port=0',
        `--user-data-dir=${userData}`,
        `--authorization-server=${nobodyThere}`,
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    try {
      const browser = await chromium.connectOverCDP(await debuggerAddress(child));
      const page = browser
        .contexts()
        .flatMap((context) => context.pages())
        .find((candidate) => candidate.url().startsWith('fusion-console:'));
      if (!page) throw new Error('The packaged app has no page');
      await expect(page.getByRole('heading', { name: 'Manage License' })).toBeVisible();
      // Next tries the keychain first; that the network is what fails says that the keychain took and gave back a value.
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      await expect(page.locator('[data-failure-code="network_unreachable"]').first()).toBeVisible();
      await expect(page.locator('[data-failure-code^="secret_store"]')).toHaveCount(0);
      await browser.close();
    } finally {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
  });

  test('the released build has no clock that can be moved, and no moment at which it dies', () => {
    const built = readdirSync(join(repository, 'out/main'), { recursive: true }).map((name) =>
      join(repository, 'out/main', String(name)),
    );
    const scripts = built.filter((file) => file.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(1);
    expect(scripts.filter((file) => /[\\/]test-/.test(file.slice(repository.length)))).toEqual([]);
    expect(
      scripts.filter((file) => /licenseConsoleTestClock|FLC_TEST|kill-at/.test(readFileSync(file, 'utf8'))),
    ).toEqual([]);
  });
});
