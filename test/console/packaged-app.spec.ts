import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { chromium, expect, test } from './console-test.ts';
import { debuggerAddress } from './debugger-address.ts';
import { windowTitles } from './window-titles.ts';

const repository = join(import.meta.dirname, '../..');
/** An address on which nothing listens. */
const nobodyThere = 'http://127.0.0.1:9';
const binary = join(repository, 'dist/linux-unpacked/fusion-license-console');
/** The same package of a test build, which accepts a debugger. */
const debuggable = join(repository, 'out/packaged-test/linux-unpacked/fusion-license-console');
const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const inTerminal = ['--ozone-platform=headless', '--disable-gpu', '--log-level=3'];
const { DISPLAY: _, WAYLAND_DISPLAY: __, ...withoutDisplay } = process.env;

function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'license-console-package-'));
}

/** Runs a command of the released package in the same way as its launcher. */
function runReleased(
  userData: string,
  words: readonly string[],
  switches: readonly string[] = [],
  env = withoutDisplay,
) {
  const args = [...root, `--user-data-dir=${userData}`, ...inTerminal, ...switches, '--', '--command', ...words];
  return spawnSync(binary, args, { env, encoding: 'utf8', timeout: 60_000 });
}

/** The effects of the switches and the variable at the time a window appears: the console's, or the box that refuses the start. */
async function doneAtStart(program: string) {
  const folder = freshFolder();
  const [keys, netLog] = [join(folder, 'tls-keys'), join(folder, 'net-log')];
  const port = await freePort();
  const before = windowTitles();
  const given = [`--remote-debugging-port=${port}`, `--log-net-log=${netLog}`];
  const args = [...root, `--user-data-dir=${folder}`, `--authorization-server=${nobodyThere}`, ...given];
  const env = { ...process.env, SSLKEYLOGFILE: keys };
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  try {
    const came = () => windowTitles().filter((title) => !before.includes(title));
    await expect.poll(came, { timeout: 60_000 }).toContainEqual(expect.stringMatching(/Error|Fusion License Console$/));
    const files = { keys: existsSync(keys), netLog: existsSync(netLog) };
    return { ...files, port: await isTaken(port), address: existsSync(join(folder, 'DevToolsActivePort')), said };
  } finally {
    // The process reacts to no other signal while it shows the box.
    await end(child, 'SIGKILL');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function isTaken(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const taken = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return taken;
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  child.kill(signal);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

test.describe('@package', () => {
  test.skip(process.platform !== 'linux', 'the folder package is made on Linux');

  test.beforeAll(() => {
    test.setTimeout(600_000);
    for (const mode of ['production', 'test'])
      execFileSync(process.execPath, [join(repository, 'test/set-up/dist.mjs'), mode], {
        cwd: repository,
        stdio: 'inherit',
      });
  });

  test('E7: fuses of the packaged app', async () => {
    const fuses = await getCurrentFuseWire(binary);
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
      // Off on Linux only, because a hanging keyring would prevent the window from opening.
      FuseV1Options.EnableCookieEncryption,
    ];
    for (const fuse of off) expect(fuses[fuse], FuseV1Options[fuse]).toBe(FuseState.DISABLE);
    expect(fuses[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE);
  });

  test('the license client for the developers of the POS server is next to the app', () => {
    const folder = join(repository, 'dist/linux-unpacked/resources/license-client');
    const files = ['README.md', 'license-client.d.ts', 'license-client.js', 'package.json'];
    expect(readdirSync(folder).toSorted()).toEqual(files);
  });

  test('the terminal command is in the package, and runs without a display', () => {
    accessSync(join(binary, '../resources/license-console'), constants.X_OK);
    const userData = freshFolder();
    const run = (...words: string[]) => runReleased(userData, words);
    expect(run('profiles', '--json')).toMatchObject({ status: 0, stdout: '{"servers":[]}\n', stderr: '' });
    expect(run('status')).toMatchObject({ status: 3, stdout: '' });
    expect(run('nonsense').status).toBe(2);
  });

  test('the released package opens its window; the keychain module is in it', async () => {
    const userData = freshFolder();
    const preset = `--authorization-server=${nobodyThere}`;
    const child = spawn(binary, [...root, `--user-data-dir=${userData}`, preset], { stdio: 'ignore' });
    try {
      const colours = ['-silent', '-window', 'root', '-format', '%k', 'info:-'];
      const painted = () => Number(spawnSync('import', colours, { encoding: 'utf8', timeout: 10_000 }).stdout);
      await expect.poll(painted, { timeout: 60_000 }).toBeGreaterThan(20);
      // The console of the window answers, because no other console may use its folder.
      expect(runReleased(userData, ['profiles', '--json']).stdout).toContain(nobodyThere);
      // The keychain is tested first. That only the network fails proves that the keychain stored and returned a value.
      const acquired = runReleased(userData, ['acquire']);
      expect(acquired).toMatchObject({ status: 6, stderr: expect.stringContaining('127.0.0.1:9 does not answer') });
    } finally {
      await end(child);
    }
  });

  test('the released package does not start with a switch or a variable that weakens its protection', () => {
    const userData = freshFolder();
    const keys = join(userData, 'tls-keys');
    const refused = (named: string, code: string) => ({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(new RegExp(`${named} .*\\(${code}\\)\\n$`)),
    });
    for (const given of [
      '--ignore-certificate-errors',
      '--remote-debugging-port=0',
      '--proxy-server=http://127.0.0.1:9',
    ]) {
      const started = runReleased(userData, ['status'], [given]);
      expect(started, given).toMatchObject(refused(given.replace(/=.*/, ''), 'switch_refused'));
    }
    const started = runReleased(userData, ['status'], [], { ...withoutDisplay, SSLKEYLOGFILE: keys });
    expect(started).toMatchObject(refused('SSLKEYLOGFILE', 'variable_refused'));
    expect(existsSync(keys)).toBe(false);
    const log = readFileSync(join(userData, 'logs/console.log'), 'utf8');
    expect(log).toContain('"event":"switch_refused","names":"--ignore-certificate-errors"}\n');
    expect(log).toContain('"event":"variable_refused","names":"SSLKEYLOGFILE"}\n');
  });

  test('a refused switch or variable has no effect while the person reads why', async () => {
    const done = await doneAtStart(binary);
    expect(done).toMatchObject({ port: false, keys: false, netLog: false, address: false });
    expect(done.said).toMatch(/^The console does not start with this switch. --remote-debugging-port, --log-net-log /m);
    expect(done.said).not.toContain('istening on');
    // Control: a build that refuses nothing.
    expect(await doneAtStart(debuggable)).toMatchObject({ port: true, keys: true, netLog: true, address: true });
  });

  test('the package of a test build shows its page', async () => {
    const args = [...root, '--remote-debugging-port=0', `--user-data-dir=${freshFolder()}`];
    const child = spawn(debuggable, [...args, `--authorization-server=${nobodyThere}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    try {
      const browser = await chromium.connectOverCDP(await debuggerAddress(child));
      const page = browser
        .contexts()
        .flatMap((context) => context.pages())
        .find((candidate) => candidate.url().startsWith('fusion-console:'));
      if (!page) throw new Error('The packaged app has no page');
      await expect(page.getByRole('heading', { name: 'Manage License' })).toBeVisible();
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      await expect(page.locator('[data-failure-code="network_unreachable"]').first()).toBeVisible();
      await expect(page.locator('[data-failure-code^="secret_store"]')).toHaveCount(0);
      await browser.close();
    } finally {
      await end(child);
    }
  });

  test('the released build has no clock that tests can move, and no moment at which they can kill it', () => {
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
