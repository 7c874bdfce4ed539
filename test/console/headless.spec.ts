import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './console-test.ts';
import { MachineLicenseMarkers } from '../../src-main/adapters/disk/machine-license-marker.ts';
import { ConsoleApp, electronPath } from './console-app.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { LicensedPeers, tampered } from './licensed-peer.ts';
import { IssuedSecrets } from './issued-secrets.ts';
import { storedLicense } from './real-keychain.ts';
import { SecretSearch } from './secret-search.ts';
import { Command, type CommandOptions, everythingSaid, runCommand } from './terminal.ts';

const device = 'Store 014';
const done = { exitCode: 0, err: '' };

let server: AuthorizationServer;
let app: ConsoleApp | null = null;
let userData: string;
let issued: IssuedSecrets;

const tokenRequests = (grantType?: string) =>
  server.control
    .requests({ endpoint: 'token' })
    .requests.filter((request) => grantType === undefined || request.grantType === grantType);

async function setUp(): Promise<void> {
  const added = await runCommand(userData, [
    'profiles',
    'add',
    `--authorization-server=${server.issuer}`,
    `--server-name=${device}`,
  ]);
  expect(added).toMatchObject(done);
}

/** The HTTP status of the local license API's answer to a request for the license. */
function licenseOver(socketPath: string, secret: string): Promise<number | undefined> {
  const headers = { authorization: `Bearer ${secret}`, host: 'localhost' };
  return new Promise((resolve, reject) => {
    const request = get({ socketPath, path: '/v1/license', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
  });
}

/** Licenses the server with terminal commands only. */
async function acquire(options: CommandOptions = {}): Promise<void> {
  const acquiring = new Command(userData, ['acquire', '--no-qr'], options);
  const userCode = await acquiring.says(/^ {2}User Code\s+(\S+)/m);
  await server.control.authorizeCode({ userCode, device });
  expect(await acquiring.ended()).toMatchObject(done);
}

test.describe('@headless', () => {
  test.beforeAll(() => {
    issued = new IssuedSecrets();
  });

  test.beforeEach(async () => {
    server = await startAuthorizationServer();
    server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
    userData = mkdtempSync(join(tmpdir(), 'license-console-'));
  });

  test.afterEach(async () => {
    await app?.close();
    app = null;
    await server.close();
    const text = Buffer.from(everythingSaid.join('\n'));
    const found = new SecretSearch(issued.all).findIn(text);
    console.log(
      `${issued.all.size} secrets looked for in ${text.length} bytes that commands said: ${found.length} found`,
    );
    expect(found).toEqual([]);
  });

  test.afterAll(() => issued.stop());

  for (const [how, words, options] of [
    ['--version', ['--version'], {}],
    ['-v', ['-v'], {}],
    ['--version, by the program itself', ['--version'], { withoutLauncher: true }],
  ] as const) {
    test(`${how} prints one line in a terminal and ends, without a window`, async () => {
      test.skip(process.platform !== 'linux', 'the tool that makes a terminal is that of Linux');
      const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
      // A window would keep the process running.
      const asked = await runCommand(userData, words, { atTerminal: true, ...options });
      expect(asked).toEqual({ exitCode: 0, out: `Fusion License Console ${version}\r\n`, err: '' });
    });
  }

  test('status: while the window is open, and while it is closed', async () => {
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device, userData });
    await app.pane();
    expect(await runCommand(userData, ['status'])).toMatchObject({ exitCode: 3, err: '' });
    await app.authorizeAt(server.control, device);
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    const open = await runCommand(userData, ['status']);
    expect(open).toMatchObject(done);
    expect(open.out).toContain('Registers and servers trust this server.');
    expect(await app.windowCount()).toBe(1);
    const asked = await runCommand(userData, ['status', '--json']);
    await app.close();
    const closed = await runCommand(userData, ['status', '--json']);
    for (const { out, err, exitCode } of [asked, closed]) {
      expect({ exitCode, err }).toEqual(done);
      expect(JSON.parse(out)).toMatchObject({
        servers: [{ server_name: device, status: 'licensed', token: { state: 'fine' } }],
      });
    }
    const closedText = await runCommand(userData, ['status']);
    expect(closedText).toMatchObject(done);
    expect(closedText.out.split('\n').slice(0, 3)).toEqual(open.out.split('\n').slice(0, 3));
  });

  test('acquire, status, token, refresh and remove without a window', async () => {
    expect(await runCommand(userData, ['acquire'])).toMatchObject({ exitCode: 3, out: '' });
    await setUp();
    const acquiring = new Command(userData, ['acquire'], { launcher: ['--terminal-columns=80'] });
    const userCode = await acquiring.says(/^ {2}User Code\s+(\S+)/m);
    await acquiring.says(/left\. (?:Checked|Next)/);
    expect(acquiring.out).toContain(server.issuer);
    expect(acquiring.out).toContain('█');
    await server.control.authorizeCode({ userCode, device });
    const acquired = await acquiring.ended();
    expect(acquired).toMatchObject(done);
    expect(acquired.out).toContain('Licensed. Registers and servers trust this server.');
    expect(await runCommand(userData, ['status'])).toMatchObject(done);
    expect(await runCommand(userData, ['acquire'])).toMatchObject(done);
    expect(server.control.requests({ endpoint: 'device_authorization' }).requests).toHaveLength(1);
    const kept = await storedLicense(userData);
    const shown = await runCommand(userData, ['token', '--show'], { mayShowToken: true });
    expect(shown).toEqual({ ...done, out: `${kept?.accessToken}\n` });
    const hidden = await runCommand(userData, ['token']);
    expect(hidden).toMatchObject(done);
    expect(hidden.out).toContain('Token Expiry');
    expect(await runCommand(userData, ['refresh', '--if-due'])).toMatchObject(done);
    expect(tokenRequests('refresh_token')).toHaveLength(0);
    expect(await runCommand(userData, ['refresh'])).toMatchObject(done);
    expect(tokenRequests('refresh_token')).toHaveLength(1);
    const unconfirmed = await runCommand(userData, ['remove'], { input: 'yes\n' });
    expect(unconfirmed.exitCode).toBe(2);
    expect(unconfirmed.err).toContain('--yes');
    expect(server.control.grantsOfDevice({ device }).grants).toHaveLength(1);
    const removed = await runCommand(userData, ['remove', '--yes', '--json']);
    expect(removed).toMatchObject(done);
    expect(JSON.parse(removed.out)).toEqual({ removed: true, revoked: true });
    expect(server.control.grantsOfDevice({ device }).grants).toHaveLength(0);
    expect(await storedLicense(userData)).toBeNull();
    expect(await runCommand(userData, ['status'])).toMatchObject({ exitCode: 3 });
    expect(await runCommand(userData, ['refresh'])).toMatchObject({ exitCode: 3, out: '' });
    // Proves that the search works: it must find the token that --show printed.
    expect(new SecretSearch(issued.all).findIn(Buffer.from(shown.out)).length).toBeGreaterThan(0);
    expect(issued.all.size).toBeGreaterThanOrEqual(5);
  });

  test('@field-faults an installation with a missing part: the start ends with a message, a log line and an exit code', async () => {
    const damaged = join(userData, 'damaged');
    cpSync(join(import.meta.dirname, '../../out/test'), damaged, { recursive: true });
    const chunks = join(damaged, 'main/chunks');
    for (const name of readdirSync(chunks)) if (name.startsWith('terminal-start')) rmSync(join(chunks, name));
    const own = {
      ...JSON.parse(readFileSync(join(import.meta.dirname, 'app/package.json'), 'utf8')),
      main: 'main/main.js',
    };
    writeFileSync(join(damaged, 'package.json'), JSON.stringify(own));
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const args = [...sandbox, `--user-data-dir=${userData}`, '--ozone-platform=headless', '--disable-gpu', damaged];
    const started = spawnSync(electronPath(), [...args, '--', '--command', 'status'], { encoding: 'utf8' });
    expect(started).toMatchObject({ status: 1, stderr: expect.stringContaining('(console_not_started)') });
    expect(started.stderr).toContain('Your license is kept');
    expect(readFileSync(join(userData, 'logs', 'console.log'), 'utf8')).toContain('console_not_started');
  });

  test('remove --here-only leaves the authorization open at the server', async ({ openGrants }) => {
    openGrants.mayStayOpen('revocation impossible');
    await setUp();
    await acquire();
    const removed = await runCommand(userData, ['remove', '--yes', '--here-only']);
    expect(removed).toMatchObject(done);
    expect(removed.out).toContain('removed here only');
    expect(server.control.grantsOfDevice({ device }).grants).toHaveLength(1);
  });

  test('at a terminal: remove asks, and Ctrl-C is typed', async () => {
    test.skip(process.platform !== 'linux', 'the tool that makes a terminal is that of Linux');
    await setUp();
    await acquire();
    for (const [typed, exitCode] of [
      ['no\n', 130],
      ['\u0003', 130],
      ['yes\n', 0],
    ] as const) {
      expect(server.control.grantsOfDevice({ device }).grants).toHaveLength(1);
      const removing = new Command(userData, ['remove'], { atTerminal: true });
      await removing.says(/Type yes to remove it/);
      removing.type(typed);
      expect(await removing.ended()).toMatchObject({ exitCode });
    }
    expect(server.control.grantsOfDevice({ device }).grants).toHaveLength(0);
    const acquiring = new Command(userData, ['acquire'], { atTerminal: true });
    await acquiring.says(/left\. (?:Checked|Next)/);
    acquiring.type('\u0003');
    expect(await acquiring.ended()).toMatchObject({ exitCode: 130 });
  });

  test("the computer's other accounts: a command reads what they hold, and publishes its own before it ends", async () => {
    const folder = mkdtempSync(join(tmpdir(), 'license-console-machine-'));
    const env = { FLC_TEST_MACHINE_FOLDER: folder };
    const manager = new MachineLicenseMarkers({ path: folder, accountOf: null }, 'manager');
    await setUp();
    await manager.keepOwn([
      { issuer: server.issuer, serverId: 'store-014', serverName: device, edition: 'store', profileId: 'p1' },
    ]);
    const elsewhere = await runCommand(userData, ['status'], { env });
    expect(elsewhere).toMatchObject({ exitCode: 3 });
    expect(elsewhere.out.replaceAll(/\s+/g, ' ')).toContain('The account manager holds');
    await acquire({ env });
    expect((await manager.readOthers()).markers).toMatchObject([{ servers: [{ serverName: device }] }]);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(await runCommand(userData, ['remove', '--yes'], { env })).toMatchObject(done);
    expect(await manager.readOthers()).toEqual({ markers: [], isUnread: false });
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('after a console was killed, the next command takes its place', async () => {
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device, userData });
    await app.pane();
    await expect.poll(() => existsSync(join(userData, 'command-channel.json'))).toBe(true);
    await app.kill();
    expect(await runCommand(userData, ['status'])).toMatchObject({ exitCode: 3, err: '' });
    expect(existsSync(join(userData, 'command-channel.json'))).toBe(false);
  });

  test('a console is killed while it asks at a terminal: the command reports that, and nothing is removed', async () => {
    test.skip(process.platform !== 'linux', 'the tool that makes a terminal is that of Linux');
    await setUp();
    await acquire();
    app = await ConsoleApp.launch({ userData });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    await expect.poll(() => existsSync(join(userData, 'command-channel.json'))).toBe(true);
    const removing = new Command(userData, ['remove'], { atTerminal: true });
    await removing.says(/Type yes to remove it/);
    await app.kill();
    const { exitCode, out } = await removing.ended();
    expect(exitCode).toBe(1);
    expect(out).toMatch(/Type yes to remove it: [^\n]*\n[^\n]*The console ended/);
    expect(server.control.grantsOfDevice({ device }).grants).toHaveLength(1);
    expect(await runCommand(userData, ['status'])).toMatchObject(done);
  });

  test('nobody reads the output of a command: a waiting command ends, and one that has its answer succeeds', async () => {
    await setUp();
    const acquiring = new Command(userData, ['acquire', '--no-qr']);
    await acquiring.says(/^ {2}User Code\s+(\S+)/m);
    acquiring.closeOutput();
    await server.control.stop();
    expect(await acquiring.ended()).toMatchObject({ exitCode: 130 });
    await server.control.start();
    const listing = new Command(userData, ['profiles']);
    listing.closeOutput();
    expect(await listing.ended()).toMatchObject({ exitCode: 0 });
  });

  test('verify from a pipe that is named as a file; Ctrl-C ends the wait if nobody writes to it', async () => {
    test.skip(process.platform === 'win32', 'there is no such pipe');
    await setUp();
    await acquire();
    const pipe = join(userData, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const verifying = new Command(userData, ['verify', `--token-file=${pipe}`]);
    await writeFile(pipe, 'eyJ.eyJ.no-token');
    expect(await verifying.ended()).toMatchObject({ exitCode: 5, err: '' });
    app = await ConsoleApp.launch({ userData });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    const waiting = new Command(userData, ['verify', `--token-file=${pipe}`]);
    const writer = await open(pipe, 'w');
    waiting.interrupt();
    expect(await waiting.ended()).toMatchObject({ exitCode: 130 });
    await writer.close();
  });

  test('acquire for a program: one JSON object per line', async () => {
    await setUp();
    const acquiring = new Command(userData, ['acquire', '--json']);
    const { user_code: userCode } = JSON.parse(await acquiring.says(/^(\{.*"user_code".*\})\n/)) as {
      user_code: string;
    };
    await server.control.authorizeCode({ userCode, device });
    const { exitCode, out } = await acquiring.ended();
    const lines = out.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(['user_code', 'licensed']);
    expect(exitCode).toBe(0);
  });

  test('the window and a terminal: one User Code, and both see the license', async () => {
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device, userData });
    await app.pane();
    const first = new Command(userData, ['acquire', '--no-qr']);
    const userCode = await first.says(/^ {2}User Code\s+(\S+)/m);
    await expect(app.userCode).toHaveText(userCode);
    const second = new Command(userData, ['acquire', '--no-qr']);
    expect(await second.says(/^ {2}User Code\s+(\S+)/m)).toBe(userCode);
    await server.control.authorizeCode({ userCode, device });
    for (const command of [first, second]) expect(await command.ended()).toMatchObject(done);
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    const removed = await runCommand(userData, ['remove', '--yes']);
    expect(removed).toMatchObject(done);
    await expect(app.button('Next')).toBeVisible();
  });

  test('denied: exit code 5, with the reason', async () => {
    await setUp();
    const acquiring = new Command(userData, ['acquire', '--no-qr']);
    await server.control.denyCode({ userCode: await acquiring.says(/^ {2}User Code\s+(\S+)/m) });
    const { exitCode, err } = await acquiring.ended();
    expect(exitCode).toBe(5);
    expect(err).toContain('license-console acquire');
  });

  test('two commands at once, and six: one console works, one process writes', async () => {
    await setUp();
    const [first, second] = [1, 2].map(() => new Command(userData, ['acquire', '--no-qr'])) as [Command, Command];
    const codes = await Promise.all([first, second].map((command) => command.says(/^ {2}User Code\s+(\S+)/m)));
    expect(codes[0]).toBe(codes[1]);
    expect(server.control.requests({ endpoint: 'device_authorization' }).requests).toHaveLength(1);
    expect(await runCommand(userData, ['status'])).toMatchObject({ exitCode: 3, err: '' });
    await server.control.authorizeCode({ userCode: codes[0] ?? '', device });
    for (const command of [first, second]) expect(await command.ended()).toMatchObject(done);
    const several = ['refresh', 'status', 'refresh', 'token', 'refresh', 'diagnose'];
    const ends = await Promise.all(several.map((word) => runCommand(userData, [word])));
    for (const end of ends) expect(end).toMatchObject(done);
    const answers = tokenRequests('refresh_token');
    expect(answers.length).toBeGreaterThanOrEqual(1);
    expect(answers.length).toBeLessThanOrEqual(3);
    expect(await runCommand(userData, ['refresh'])).toMatchObject(done);
  });

  test('Ctrl-C: exit code 130, and the polling stops', async () => {
    await setUp();
    const acquiring = new Command(userData, ['acquire', '--no-qr']);
    const userCode = await acquiring.says(/^ {2}User Code\s+(\S+)/m);
    await expect.poll(() => tokenRequests().length).toBeGreaterThan(0);
    acquiring.interrupt();
    expect(await acquiring.ended()).toMatchObject({ exitCode: 130 });
    const polled = tokenRequests().length;
    await server.control.authorizeCode({ userCode, device });
    app = await ConsoleApp.launch({ userData });
    await app.pane();
    const other = new Command(userData, ['acquire', '--no-qr']);
    await other.says(/^ {2}User Code\s+(\S+)/m);
    await expect.poll(() => tokenRequests().length).toBeGreaterThan(polled);
    other.interrupt();
    expect(await other.ended()).toMatchObject({ exitCode: 130 });
    await expect(app.button('Next')).toBeVisible();
    expect((await app.state()).license).toBeNull();
    const behindLauncher = new Command(userData, ['acquire', '--no-qr'], { launcher: ['--cancel-when-input-ends'] });
    await behindLauncher.says(/^ {2}User Code\s+(\S+)/m);
    behindLauncher.endInput();
    expect(await behindLauncher.ended()).toMatchObject({ exitCode: 130 });
  });

  test('a window that is opened while a command runs waits for it', async () => {
    await setUp();
    const acquiring = new Command(userData, ['acquire', '--no-qr']);
    const userCode = await acquiring.says(/^ {2}User Code\s+(\S+)/m);
    const launching = ConsoleApp.launch({ userData });
    await server.control.authorizeCode({ userCode, device });
    expect(await acquiring.ended()).toMatchObject(done);
    app = await launching;
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
  });

  test('a command and a window that start, and end, at the same moment', async () => {
    await setUp();
    const [launched, ...starting] = await Promise.all([
      ConsoleApp.launch({ userData }),
      ...['status', 'refresh', 'status'].map((word) => runCommand(userData, [word])),
    ]);
    app = launched;
    expect(starting.map(({ exitCode }) => exitCode)).toEqual([3, 3, 3]);
    await expect(app.button('Next')).toBeVisible();
    const [, ...ending] = await Promise.all([
      app.close(),
      ...['status', 'status', 'profiles'].map((word) => runCommand(userData, [word])),
    ]);
    expect(ending.map(({ exitCode }) => exitCode)).toEqual([3, 3, 0]);
  });

  test('offline: diagnose names it, refresh says 6, status stays 0', async () => {
    await setUp();
    await acquire();
    await server.control.stop();
    const diagnosed = await runCommand(userData, ['diagnose']);
    expect(diagnosed.exitCode).toBe(6);
    expect(diagnosed.out).toMatch(/FAILED\s+Connection/);
    expect(diagnosed.out).toMatch(/ok\s+Keychain/);
    const asked = await runCommand(userData, ['diagnose', '--json']);
    expect(JSON.parse(asked.out)).toMatchObject({
      servers: [
        { checks: expect.arrayContaining([expect.objectContaining({ check: 'connection', state: 'failed' })]) },
      ],
    });
    const refreshed = await runCommand(userData, ['refresh', '--json']);
    expect(refreshed.exitCode).toBe(6);
    expect(JSON.parse(refreshed.out)).toMatchObject({ servers: [{ outcome: 'failed' }] });
    expect(refreshed.err).not.toBe('');
    expect(await runCommand(userData, ['remove', '--yes'])).toMatchObject({ exitCode: 6, out: '' });
    expect(await runCommand(userData, ['status'])).toMatchObject(done);
    await server.control.start();
  });

  test('verify: a register of this server, one of another server, and no token, from the input and from a file', async () => {
    await setUp();
    await acquire();
    const peers = new LicensedPeers(server);
    const register = await peers.license('Register 014-1');
    const others = { kind: 'register', organizationId: 'fc-trial7', licenseId: 'lic-trial' } as const;
    server.control.addDevice({ ...others, name: 'Register of others', hubId: 'store-014-8f0c2d17' });
    const ofOthers = await peers.license('Register of others');
    const accepted = await runCommand(userData, ['verify'], { input: `${register}\n` });
    expect(accepted).toMatchObject(done);
    expect(accepted.out).toContain('Accepted. This server is its hub server.');
    const refused = await runCommand(userData, ['verify', '--json'], { input: ofOthers });
    expect(refused).toMatchObject({ exitCode: 5, err: '' });
    expect(JSON.parse(refused.out)).toMatchObject({ accepted: false, reason: 'other_organization', authentic: true });
    const file = join(userData, 'presented.token');
    writeFileSync(file, tampered(register, 'features', ['everything']));
    const changed = await runCommand(userData, ['verify', '--token-file=presented.token', '--json'], {
      folder: userData,
    });
    expect(JSON.parse(changed.out)).toMatchObject({ accepted: false, reason: 'signature_invalid' });
    expect(await runCommand(userData, ['verify', '--token-file=nothing.token'])).toMatchObject({
      exitCode: 2,
      out: '',
    });
    expect(await runCommand(userData, ['verify'], { input: '' })).toMatchObject({ exitCode: 2, out: '' });
  });

  test('api: switch it on and off, create and revoke a client, all while the window is open', async () => {
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device, userData });
    await app.pane();
    expect(await runCommand(userData, ['api', 'on'])).toMatchObject(done);
    const created = await runCommand(userData, ['api', 'create-client', 'POS server', '--may=read,verify', '--json']);
    expect(created).toMatchObject(done);
    const { client, secret } = JSON.parse(created.out) as { client: { id: string }; secret: string };
    const { state, socket } = JSON.parse((await runCommand(userData, ['api', '--json'])).out) as Record<string, string>;
    expect(state).toBe('listening');
    expect(await licenseOver(socket ?? '', secret)).toBe(200);
    const read = await app.call('local_api.read');
    expect(read.value).toMatchObject({ clients: [{ name: 'POS server', may: ['read', 'verify'] }] });
    expect((await runCommand(userData, ['api', 'clients'])).out).not.toContain(secret);
    expect(await runCommand(userData, ['api', 'revoke-client', client.id])).toMatchObject(done);
    expect(await licenseOver(socket ?? '', secret)).toBe(401);
    expect(await runCommand(userData, ['api', 'off'])).toMatchObject(done);
    const off = await runCommand(userData, ['api', '--json']);
    expect(JSON.parse(off.out)).toMatchObject({ on: false, state: 'off' });
  });

  test('api without a console: the setting is saved, and takes effect when a console starts', async () => {
    await setUp();
    const on = await runCommand(userData, ['api', 'on']);
    expect(on).toMatchObject(done);
    expect(on.out).toContain('no console is running');
    const created = await runCommand(userData, ['api', 'create-client', 'POS server', '--may=read', '--json']);
    const { secret } = JSON.parse(created.out) as { secret: string };
    app = await ConsoleApp.launch({ userData });
    await app.pane();
    await expect
      .poll(async () => JSON.parse((await runCommand(userData, ['api', '--json'])).out).state)
      .toBe('listening');
    const { socket } = JSON.parse((await runCommand(userData, ['api', '--json'])).out) as { socket: string };
    expect(await licenseOver(socket, secret)).toBe(200);
  });

  test('the Resource is refused: the suggested commands lead to a license, which then fixes the Client ID', async () => {
    server.control.configure({ resourceParameter: 'refused' });
    await setUp();
    const edit = (...options: string[]) => runCommand(userData, ['profiles', 'edit', device, ...options]);
    expect(await edit('--resource=urn:r', '--audience=urn:fusion-pos:license')).toMatchObject(done);
    const refused = await runCommand(userData, ['acquire']);
    expect(refused).toMatchObject({ exitCode: 5, out: '' });
    expect(refused.err.replaceAll(/\s+/g, ' ')).toContain(
      `license-console profiles edit "${device}" --resource= and then license-console acquire`,
    );
    expect(await edit('--resource=', '--audience=')).toMatchObject(done);
    await acquire();
    const held = await edit('--client-id=other');
    expect(held).toMatchObject({ exitCode: 1, out: '' });
    expect(held.err).toContain('Remove the license first.');
    const listed = await runCommand(userData, ['profiles', '--json']);
    const [kept] = (JSON.parse(listed.out) as { servers: Record<string, unknown>[] }).servers;
    expect(kept).toMatchObject({ client_id: 'fusion-license-console', dpop: false, status: 'licensed' });
    expect(kept).not.toHaveProperty('resource');
  });

  test('the command line: unknown words are named, and nothing is done', async () => {
    for (const words of [['licence'], ['status', '--all'], ['status', 'now'], ['profiles', 'add'], ['api', 'maybe']]) {
      const { exitCode, out, err } = await runCommand(userData, words);
      expect({ exitCode, out }, words.join(' ')).toEqual({ exitCode: 2, out: '' });
      expect(err).toContain('--help');
    }
    for (const words of [['help'], ['--help'], [], ['acquire', '--help'], ['help', 'verify']]) {
      const { exitCode, out, err } = await runCommand(userData, words);
      expect({ exitCode, err }, words.join(' ')).toEqual(done);
      expect(out).toContain('Examples');
    }
  });

  test('without a display and a session: commands that need neither work, and the others name what is missing', async () => {
    await setUp();
    const only = { PATH: process.env['PATH'] ?? '', HOME: userData };
    expect(await runCommand(userData, ['profiles'], { only })).toMatchObject(done);
    const { exitCode, err } = await runCommand(userData, ['acquire'], { only });
    expect(exitCode).toBe(4);
    expect(err).toContain('keychain');
  });

  test('the channel is private: its file and its socket are the account’s own', async () => {
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device, userData });
    await app.pane();
    const file = join(userData, 'command-channel.json');
    const { address, key } = JSON.parse(readFileSync(file, 'utf8')) as { address: string; key: string };
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(address).mode & 0o777).toBe(0o600);
    expect(key.length).toBeGreaterThanOrEqual(43);
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), key: 'x'.repeat(43) }));
    chmodSync(file, 0o600);
    const { exitCode, err } = await runCommand(userData, ['status']);
    expect(exitCode).toBe(1);
    expect(err).toContain('does not answer');
  });
});
