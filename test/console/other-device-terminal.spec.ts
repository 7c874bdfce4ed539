import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './console-test.ts';
import { type OtherDevice, otherDevices } from './other-devices.ts';
import { storedAccounts, storedLicense } from './real-keychain.ts';
import { Command, type CommandEnd, type CommandOptions, runCommand } from './terminal.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';

const meant = 'Store 014';

const isLong = process.env['FLC_LONG'] === '1';
/** A usual run tries one device for each way to answer. The window's test tries all of them. */
const tried = otherDevices.filter(
  ({ what }) => isLong || ['a device with another name', 'a device of another edition'].includes(what),
);

/** The User Code, in words or in JSON. */
const codeOf = /(?:^ {2}User Code\s+|"user_code":")([^\s"]+)/m;
/** What the terminal prints for each refusal. */
const refusals = { wrong_device: 'Wrong device type', question: 'The license was for another server' };

let server: AuthorizationServer;
let userData: string;

test.beforeEach(async () => {
  server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  userData = mkdtempSync(join(tmpdir(), 'license-console-'));
  const settings = [`--authorization-server=${server.issuer}`, '--edition=store', `--server-name=${meant}`];
  expect(await runCommand(userData, ['profiles', 'add', ...settings])).toMatchObject({ exitCode: 0 });
});

test.afterEach(() => server.close());

const grantsOf = (device: string) => server.control.grantsOfDevice({ device }).grants;
const grants = () => server.control.openGrants().grants.map(({ id }) => id);

/** Begins an acquisition, and authorizes a device for its first code. */
async function authorize(device: string, options: readonly string[], how: CommandOptions = {}): Promise<Command> {
  const command = new Command(userData, ['acquire', '--again', '--no-qr', ...options], how);
  await server.control.authorizeCode({ userCode: await command.says(codeOf), device });
  return command;
}

async function acquire(device: string, ...options: string[]): Promise<CommandEnd> {
  return (await authorize(device, options)).ended();
}

/** The license in the console, and what other programs learn about it. */
async function inUse() {
  const status = await runCommand(userData, ['status', '--json']);
  const { servers } = JSON.parse(status.out) as { servers: Record<string, unknown>[] };
  // Leaves out the time of the evaluation, which changes.
  const { judged_at: _, ...license } = servers[0] ?? {};
  return { license, tokens: await storedLicense(userData), grants: grants(), acquired: timesAcquired() };
}

/** The number of acquired licenses in the history. */
function timesAcquired(): number {
  const files = readdirSync(userData).filter((name) => name.startsWith('history.'));
  const lines = files.flatMap((name) => readFileSync(join(userData, name), 'utf8').split('\n'));
  return lines.filter((line) => line.includes('"kind":"acquired"')).length;
}

/** Checks that the previous license is in use as if nothing had happened, and that no question is open. */
async function expectUnchanged(before: Awaited<ReturnType<typeof inUse>>, when: string): Promise<void> {
  expect(await inUse(), when).toEqual(before);
  const waiting = (await storedAccounts(userData)).filter((account) => account.startsWith('pending.'));
  expect(waiting, when).toEqual([]);
}

/** The words that accept the device, and words that name another one. */
function acceptance({ device, set, byName }: OtherDevice): {
  readonly right: string;
  readonly wrong: readonly string[];
} {
  const { devices } = server.control.records();
  const serverId = set.server_id ?? devices.find(({ name }) => name === device)?.id ?? '';
  const other = ['Store 015', 'store-015-27be94a5'];
  return byName ? { right: device.toLowerCase(), wrong: other } : { right: serverId, wrong: [...other, device] };
}

test.describe('@headless @clerk a wrong device in a terminal', () => {
  for (const other of tried) {
    const { what, device, set, code } = other;

    test(`${what}: ends with exit code 7 if nobody accepts it, and the previous license stays in use`, async () => {
      expect(await acquire(meant)).toMatchObject({ exitCode: 0 });
      server.control.overrideClaims({ device, set });
      const before = await inUse();
      const { right, wrong } = acceptance(other);
      for (const options of [[], ['--json'], ...wrong.map((name) => [`--accept-device=${name}`])]) {
        const when = options.join() || 'no option';
        const end = await acquire(device, ...options);
        expect(end, when).toMatchObject({ exitCode: 7, err: expect.stringContaining(refusals[code ?? 'question']) });
        expect(end.out, when).not.toContain('Licensed.');
        expect(end.out, when).not.toContain('"event":"licensed"');
        await expectUnchanged(before, when);
      }
      const end = await acquire(device, `--accept-device=${right}`);
      expect(end.exitCode).toBe(code === null ? 0 : 7);
      if (code !== null) return expectUnchanged(before, 'it can never be accepted');
      expect(timesAcquired()).toBe(before.acquired + 1);
      return expect(grantsOf(device)).toHaveLength(1);
    });

    test(`${what}: at a terminal, ${code === null ? 'undo and keep do what they say' : 'nobody is asked'}`, async () => {
      test.skip(process.platform !== 'linux', 'the tool that makes a terminal is that of Linux');
      expect(await acquire(meant)).toMatchObject({ exitCode: 0 });
      server.control.overrideClaims({ device, set });
      const before = await inUse();
      const undoing = await authorize(device, [], { atTerminal: true });
      if (code !== null) {
        expect(await undoing.ended()).toMatchObject({ exitCode: 7, out: expect.not.stringContaining('undo') });
        return expectUnchanged(before, 'refused');
      }
      await undoing.says(/Type keep or undo/);
      const asked = undoing.out.length;
      undoing.type('undo\n');
      // A new code for the right device.
      await expect.poll(() => undoing.out.slice(asked), { timeout: 30_000 }).toMatch(/User Code\s+\S+/);
      undoing.type('\u0003');
      expect(await undoing.ended()).toMatchObject({ exitCode: 130 });
      await expectUnchanged(before, 'undone');

      const keeping = await authorize(device, [], { atTerminal: true });
      await keeping.says(/Type keep or undo/);
      expect(timesAcquired(), 'before the answer').toBe(before.acquired);
      keeping.type('keep\n');
      expect(await keeping.ended()).toMatchObject({ exitCode: 0 });
      expect(timesAcquired()).toBe(before.acquired + 1);
      return expect(grantsOf(device)).toHaveLength(1);
    });
  }

  for (const { what, device, code } of tried.filter(({ device }) => device !== meant)) {
    test(`${what}, without a previous license: ends with exit code 7, and there is still none`, async () => {
      const end = await acquire(device);
      expect(end).toMatchObject({ exitCode: 7, err: expect.stringContaining(refusals[code ?? 'question']) });
      expect(await storedAccounts(userData)).toEqual([]);
      expect(grants()).toEqual([]);
      expect(timesAcquired()).toBe(0);
      expect(await runCommand(userData, ['status'])).toMatchObject({ exitCode: 3 });
    });
  }
});
