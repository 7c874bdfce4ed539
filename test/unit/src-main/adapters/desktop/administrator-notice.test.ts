import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  administratorNoticeFile,
  createAdministratorNotice,
} from '../../../../../src-main/adapters/desktop/administrator-notice.ts';
import { keepToOwnAccount } from '../../../../../src-main/adapters/disk/own-rights.ts';
import { machineFolder } from '../../../../../src-main/adapters/disk/machine-license-marker.ts';
import type { AdministratorEvent } from '../../../../../src-main/notifications/administrator-notice.ts';
import type { Http } from '../../../../../src-main/ports/http.ts';
import { createAxiosHttp } from '../../../../../src-main/adapters/network/axios-http.ts';
import { LocalServer } from '../../../../fakes/local-server.ts';
import { MemoryLog } from '../../../../fakes/memory-log.ts';
import { notOnWindows } from '../../../../fakes/on-windows.ts';

const event: AdministratorEvent = {
  version: 1,
  event: 'token_expires_soon',
  server: { name: 'Store "014"; $(rm -rf)', edition: 'store', serverId: 'server-14' },
  title: 'Connect this server to the internet',
  text: 'You can keep selling until tomorrow.',
  at: '2026-03-10T12:00:00.000Z',
};
const owner = process.getuid?.() ?? 0;

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'license-console-machine-'));
  file = join(folder, 'notify.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(settings: unknown, mode = 0o644): void {
  writeFileSync(file, typeof settings === 'string' ? settings : JSON.stringify(settings));
  chmodSync(file, mode);
}

const log = new MemoryLog();
/** The part of a session that the adapter uses, with Node's own network. No request leaves the computer. */
const http: Http = createAxiosHttp(
  () => ({
    fetch: (input, init) => fetch(input, init),
    closeAllConnections: async () => {},
    evidence: async () => ({}),
  }),
  log,
);
const notice = (owned = owner) => createAdministratorNotice({ file, owner: owned }, http, log);

describe("the administrator's settings", () => {
  test('are none without a file', () => {
    expect(notice().read()).toEqual({ state: 'none', file });
  });

  test('are none if their folder is a file', () => {
    write('');
    const place = { file: join(file, 'notify.json'), owner };
    expect(createAdministratorNotice(place, http, log).read()).toEqual({ state: 'none', file: place.file });
  });

  test('are refused as unreadable if the file cannot be examined', notOnWindows('links'), () => {
    symlinkSync(file, file);
    expect(notice().read()).toEqual({ state: 'refused', file, reason: 'unreadable' });
  });

  test('are accepted if only the administrator can write the file', notOnWindows('ownFile'), () => {
    write({ notify: { command: ['/usr/bin/logger'], url: 'https://ops.example.com/hook' } });
    expect(notice().read()).toEqual({ state: 'set', file });
    write({ notify: { url: 'http://127.0.0.1:9/hook' } }, 0o600);
    expect(notice().read()).toEqual({ state: 'set', file });
  });

  test(
    'are refused if others can write the file or its folder, or another account owns them',
    notOnWindows('modeBits'),
    () => {
      write({ notify: { command: ['/usr/bin/logger'] } }, 0o664);
      expect(notice().read()).toMatchObject({ state: 'refused', reason: 'writable' });
      chmodSync(file, 0o646);
      expect(notice().read()).toMatchObject({ state: 'refused', reason: 'writable' });
      chmodSync(file, 0o644);
      chmodSync(folder, 0o777);
      expect(notice().read()).toMatchObject({ state: 'refused', reason: 'writable' });
      chmodSync(folder, 0o755);
      expect(notice().read()).toMatchObject({ state: 'set' });
      expect(notice(owner + 1).read()).toMatchObject({ state: 'refused', reason: 'writable' });
    },
  );

  test('are refused if the file is a link into a folder that others can write', notOnWindows('modeBits'), () => {
    const open = join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    writeFileSync(join(open, 'theirs.json'), '{"notify":{"command":["/bin/true"]}}');
    symlinkSync(join(open, 'theirs.json'), file);
    expect(notice().read()).toMatchObject({ state: 'refused', reason: 'writable' });
  });

  test(
    'are refused if others could replace the folder, and accepted if its parent is sticky',
    notOnWindows('modeBits'),
    () => {
      const above = join(folder, 'above');
      mkdirSync(join(above, 'own'), { recursive: true });
      file = join(above, 'own', 'notify.json');
      write({ notify: { command: ['/usr/bin/logger'] } });
      expect(notice().read()).toMatchObject({ state: 'set' });
      chmodSync(above, 0o777);
      expect(notice().read()).toMatchObject({ state: 'refused', reason: 'writable' });
      chmodSync(above, 0o1777);
      expect(notice().read()).toMatchObject({ state: 'set' });
    },
  );

  test.each([
    ['', 'malformed'],
    ['{', 'malformed'],
    ['[]', 'malformed'],
    [{}, 'malformed'],
    [{ notify: {} }, 'malformed'],
    [{ notify: { command: 'logger -t console' } }, 'malformed'],
    [{ notify: { command: [] } }, 'malformed'],
    [{ notify: { command: ['logger', 1] } }, 'malformed'],
    [{ notify: { url: 'ops' } }, 'malformed'],
    [{ notify: { url: 'http://ops.example.com/hook' } }, 'insecure'],
    [{ notify: { url: 'http://127.0.0.1.example.com/' } }, 'insecure'],
    [{ notify: { url: 'file:///etc/passwd' } }, 'insecure'],
  ])('with the content %j are refused as %s', notOnWindows('ownFile'), (settings, reason) => {
    write(settings);
    expect(notice().read()).toMatchObject({ state: 'refused', reason });
  });

  test('are read again, so a corrected file is used', notOnWindows('ownFile'), () => {
    write('{');
    const reader = notice();
    expect(reader.read().state).toBe('refused');
    write({ notify: { command: ['/bin/true'] } });
    expect(reader.read().state).toBe('set');
  });

  test('have a path for each operating system', () => {
    expect(administratorNoticeFile('linux', {})).toBe('/etc/fusion-license-console/notify.json');
    expect(administratorNoticeFile('darwin', {})).toBe(
      '/Library/Application Support/Fusion License Console/notify.json',
    );
    expect(administratorNoticeFile('win32', { CommonProgramFiles: 'D:\\Shared' })).toBe(
      'D:\\Shared\\Fusion License Console\\notify.json',
    );
  });

  test('are not in the folder that all accounts can write', () => {
    for (const platform of ['win32', 'darwin', 'linux'] as const) {
      const shared = machineFolder(platform, { ProgramData: 'C:\\ProgramData' });
      for (const env of [
        {},
        { ProgramData: 'C:\\ProgramData', CommonProgramFiles: 'C:\\Program Files\\Common Files' },
      ]) {
        const place = administratorNoticeFile(platform, env);
        expect(place).not.toContain('ProgramData');
        expect(place.startsWith(shared)).toBe(false);
      }
    }
  });
});

describe('a command', notOnWindows('ownFile'), () => {
  const script = (source: string) => [process.execPath, '-e', source];

  test('gets the event as JSON and its arguments without a shell, but no secrets of the environment', async () => {
    const out = join(folder, 'out.json');
    process.env['FLC_TEST_SECRET'] = 'hush';
    const source = `const fs = require('fs'); fs.writeFileSync(process.argv[1], JSON.stringify({
      event: JSON.parse(fs.readFileSync(0, 'utf8')), args: process.argv.slice(2), env: Object.keys(process.env) }))`;
    write({ notify: { command: [...script(source), out, '$(touch /tmp/x); "$HOME"', '*'] } });
    expect(await notice().send(event)).toMatchObject({ ok: true });
    delete process.env['FLC_TEST_SECRET'];
    const got = JSON.parse(readFileSync(out, 'utf8'));
    expect(got.event).toEqual(event);
    expect(got.args).toEqual(['$(touch /tmp/x); "$HOME"', '*']);
    expect(got.env).not.toContain('FLC_TEST_SECRET');
    expect(got.env).toContain('PATH');
  });

  test('has the umask that the console was started with', async () => {
    const before = process.umask(0o026);
    try {
      keepToOwnAccount(folder);
      const out = join(folder, 'made');
      write({ notify: { command: script(`require('fs').writeFileSync(${JSON.stringify(out)}, '')`) } });
      expect(await notice().send(event)).toMatchObject({ ok: true });
      expect(statSync(out).mode & 0o777).toBe(0o640);
      expect(process.umask()).toBe(0o077);
    } finally {
      process.umask(before);
    }
  });

  test('that fails or is missing is a failure, and one that does not read its input is not', async () => {
    write({ notify: { command: script('process.exit(3)') } });
    expect(await notice().send(event)).toMatchObject({ ok: false, failure: { code: 'administrator_not_told' } });
    write({ notify: { command: [join(folder, 'nobody')] } });
    expect(await notice().send(event)).toMatchObject({ ok: false });
    // Refused by the system at once.
    write({ notify: { command: [join(file, 'below-a-file')] } });
    expect(await notice().send(event)).toMatchObject({ ok: false });
    write({ notify: { command: script('process.stdin.destroy()') } });
    expect(await notice().send({ ...event, text: 'x'.repeat(1_000_000) })).toMatchObject({ ok: true });
  });

  test.each([
    ['a path through a file', '/etc/passwd/x'],
    ['a name without an end', 'x'.repeat(4000)],
    ['a folder', '/'],
  ])('that cannot be started is a failure: %s', async (_what, program) => {
    write({ notify: { command: [program] } });
    expect(await notice().send(event)).toMatchObject({ ok: false, failure: { code: 'administrator_not_told' } });
  });

  test('that does not end is killed', async () => {
    const pid = join(folder, 'pid');
    write({
      notify: {
        command: script(`require('fs').writeFileSync('${pid}', String(process.pid)); setInterval(() => {}, 1e6)`),
      },
    });
    const told = createAdministratorNotice({ file, owner }, http, log, 4_000);
    expect(await told.send(event)).toMatchObject({ ok: false });
    expect(existsSync(pid)).toBe(true);
    expect(() => process.kill(Number(readFileSync(pid, 'utf8')), 0)).toThrow();
  });
});

describe('an address', notOnWindows('ownFile'), () => {
  test('with a secret path is not logged', async () => {
    const server = await LocalServer.start();
    server.handler = (_request, response) => void response.writeHead(204).end();
    write({ notify: { url: `${server.address}/hook/k3y?token=t0ken` } });
    expect(await notice().send(event)).toMatchObject({ ok: true });
    await server.close();
    expect(JSON.stringify(log.lines)).toContain('POST');
    expect(JSON.stringify(log.lines)).not.toMatch(/k3y|t0ken/);
  });

  test('gets the event by POST, and its failure does not run a successful command again', async () => {
    const server = await LocalServer.start();
    let status = 503;
    server.handler = (_request, response) => void response.writeHead(status).end();
    const runs = join(folder, 'runs');
    const source = `require('fs').appendFileSync('${runs}', 'run;')`;
    write({ notify: { url: `${server.address}/hook`, command: [process.execPath, '-e', source] } });
    const told = notice();
    expect(await told.send(event)).toMatchObject({ ok: false });
    status = 204;
    expect(await told.send(event)).toMatchObject({ ok: true });
    expect(server.requests.map(({ method, headers }) => [method, headers['content-type']])).toEqual(
      [0, 1].map(() => ['POST', 'application/json']),
    );
    expect(server.requests.map(({ body }) => JSON.parse(body))).toEqual([event, event]);
    expect(readFileSync(runs, 'utf8')).toBe('run;');
    expect(await told.send(event)).toMatchObject({ ok: true });
    expect(readFileSync(runs, 'utf8')).toBe('run;run;');
    await server.close();
    expect(await told.send(event)).toMatchObject({ ok: false });
  });
});
