import '../../../../fakes/without-electron.ts';
import { EventEmitter } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  KeytarSecretStore,
  type KeychainProcess,
} from '../../../../../src-main/adapters/keychain/keytar-secret-store.ts';
import type { SecretStoreCall } from '../../../../../src-main/adapters/keychain/secret-store-messages.ts';
import { createAxiosHttp } from '../../../../../src-main/adapters/network/axios-http.ts';
import {
  type AuthorizationServer,
  startAuthorizationServer,
} from '../../../../authorization-server/authorization-server.ts';
import { ConsoleAtSandbox } from '../../../../fakes/console-at-sandbox.ts';
import {
  createLog,
  entryFields,
  type LogLine,
  resultEnd,
  stackOf,
  thrownText,
} from '../../../../../src-main/adapters/disk/structured-log.ts';
import { fail, succeed } from '../../../../../src-shared/result.ts';
import { MemoryLog } from '../../../../fakes/memory-log.ts';

const secrets = {
  'a license token': 'eyJhbGciOiJFUzI1NiJ9.eyJzZXJ2ZXJfaWQiOiJzIn0.c2lnbmF0dXJlLXNpZ25hdHVyZS1zaWduYXR1cmU',
  'a refresh token of 43 characters': 'q3N0w8bJ2mVx1yRk7ZtLpAhUeCfGdSiOoPaQsWdEfRg',
  'a refresh token in hexadecimal digits': 'A1B2C3D4E5F60718293A4B5C6D7E8F90A1B2C3D4E5F60718293A4B5C6D7E8F90-1',
  'a base64 value': 'dGhpcyBpcyBhIHNlY3JldCB0aGF0IGlzIG5vdCBmb3IgbG9ncw==',
};
const server = '3f2b1c9e-8a7d-4e6f-9b0a-1c2d3e4f5a6b';

/** The fields of a line, as they are in the file. */
function logged(fields: Record<string, string | number | boolean | undefined>) {
  const log = new MemoryLog();
  log.info('server', 'discovery', fields);
  const { level: _level, area: _area, event: _event, ...rest } = log.said[0] ?? {};
  return rest;
}

describe('E8: a line of the log', () => {
  it.each(Object.entries(secrets))('does not contain %s, alone or inside other text', (_name, secret) => {
    for (const value of [secret, `token ${secret} end`, `a?b=${secret}&c`, `"${secret}"`])
      expect(JSON.stringify(logged({ value, path: value, server: value }))).not.toContain(secret.slice(0, 24));
  });

  it.each(Object.entries(secrets))('does not contain %s from an error', (_name, secret) => {
    const thrown = new SyntaxError(`Unexpected token 'e', "${secret}" is not valid JSON`);
    for (const text of [thrownText(thrown), stackOf(thrown)]) {
      expect(text).not.toContain(secret.slice(0, 24));
      expect(text).toContain('SyntaxError');
      expect(text.split('\n').length).toBe(thrown.stack?.split('\n').length);
    }
    expect(thrownText(secret)).not.toContain(secret.slice(0, 24));
  });

  it('contains a text for any thrown value', () => {
    expect(thrownText('no')).toBe('no');
    expect(thrownText(null)).toBe('not an Error, but null');
    for (const thrown of [undefined, 0, {}, Object.create(null)])
      expect(thrownText(thrown)).toBe(`not an Error, but ${typeof thrown}`);
  });

  it('causes no exception if an error cannot be read or the log cannot be written', async () => {
    const unreadable = Object.defineProperty(new Error('no'), 'stack', {
      get: () => {
        throw new Error('unreadable');
      },
    });
    const log = new MemoryLog();
    log.error('window', 'call_failed', unreadable);
    expect(log.said[0]).toMatchObject({ stack: 'an error without a readable stack' });
    const full = createLog(
      () => {
        throw new Error('ENOSPC');
      },
      { wallNow: () => 0, monotonicNow: () => 0 },
    );
    expect(await full.step('keychain', 'read', {}, async () => succeed('x'), resultEnd)).toEqual(succeed('x'));
  });

  it('does not contain a short secret that an error quotes', () => {
    let thrown: unknown;
    try {
      JSON.parse('{"user_code": WDJB-MJHT');
    } catch (error) {
      thrown = error;
    }
    expect(thrownText(thrown)).toContain('WDJB');
    expect(stackOf(thrown)).not.toContain('WDJB');
    expect(stackOf(thrown)).toContain('SyntaxError');
  });

  it('does not contain a User Code after it was concealed', () => {
    const log = new MemoryLog();
    log.conceal('WDJB-MJHT');
    log.warn('window', 'page_failed', { error: 'TypeError: WDJB-MJHT is no code' });
    log.error('window', 'call_failed', new Error('No such code: WDJB-MJHT'), { call: 'WDJB-MJHT' });
    expect(log.lines).toHaveLength(2);
    expect(log.text).not.toContain('WDJB');
  });

  it('conceals only the newest User Codes, and ignores an empty one', () => {
    const log = new MemoryLog();
    for (let nth = 0; nth < 30; nth += 1) log.conceal(`CODE-${String(nth).padStart(4, '0')}`);
    log.conceal('');
    log.info('server', 'poll', { first: 'CODE-0000', last: 'CODE-0029' });
    expect(log.said[0]).toMatchObject({ first: 'CODE-0000', last: '[removed]' });
  });

  it.each([
    ['/home/jane.doe/.config/Fusion License Console/settings.json', 'settings.json'],
    ['C:\\Users\\Jane Doe\\AppData\\console.log', 'console.log'],
    ["ENOENT: no such file, open '/Users/jane/x.json'", "ENOENT: no such file, open 'x.json'"],
    ['at run (file:///home/jane/app.asar/out/main.js:1:2)', 'at run (main.js:1:2)'],
    [
      'at run (file:///opt/Fusion%20License%20Console/resources/app.asar/out/main/chunks/compose-B1xYz.js:1:2)',
      'at run (compose-B1xYz.js:1:2)',
    ],
    ["open 'C:\\Users\\O'Brien\\AppData\\command-channel.json'", "open 'command-channel.json'"],
    ['C:\\Users\\Jane (POS)\\AppData\\x.json', 'x.json'],
    ['at file:///C:/Users/Jane%20Doe/app/out/main.js:1:2', 'at main.js:1:2'],
    ['https://auth.example/a/b', 'https://auth.example/a/b'],
    ['node:internal/process/task_queues:95:5', 'node:internal/process/task_queues:95:5'],
  ])('leaves out the folders of a file, since they may name a person: %s', (text, expected) => {
    expect(logged({ detail: text })).toEqual({ detail: expected });
  });

  it('contains what support needs', () => {
    const fields = {
      method: 'POST',
      origin: 'https://auth.example',
      path: '/oauth2/token',
      status: 200,
      urgent: false,
    };
    expect(logged({ ...fields, server, absent: undefined })).toEqual({ ...fields, server });
  });

  it.each([
    '/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server',
    '/oauth2/device_authorization/request',
  ])('contains the path of an endpoint: %s', (path) => {
    expect(logged({ path })).toEqual({ path });
  });

  it('contains a long name of Chromium, but not what only begins like one', () => {
    const error = 'net::ERR_CERTIFICATE_TRANSPARENCY_REQUIRED';
    expect(logged({ error })).toEqual({ error });
    expect(logged({ error: 'ERR_QWERTYUIOPASDFGHJKLZXCVBNMQWERTYUIOP' })).toEqual({ error: '[removed]' });
    expect(logged({ error: 'ERR_mF_9B5f-4.1JqM_XCVBNM_QWERTYUIOP_ABC' })).toEqual({ error: '[removed]' });
  });

  it('contains its time and the run of the console', () => {
    const lines: LogLine[] = [];
    const log = createLog((line) => lines.push(line), { wallNow: () => 1_000, monotonicNow: () => 0 });
    log.info('console', 'started');
    log.warn('files', 'in_use');
    expect(lines[0]).toMatchObject({
      time: '1970-01-01T00:00:01.000Z',
      level: 'info',
      area: 'console',
      event: 'started',
    });
    expect(lines[0]?.run).toMatch(/^[\da-f]{8}$/);
    expect(lines[1]?.run).toBe(lines[0]?.run);
  });

  it('separates the name of a document or keychain entry from its server profile', () => {
    expect(entryFields(`license.${server}`)).toEqual({ entry: 'license', server });
    expect(entryFields(`keychain.license.${server}`)).toEqual({ entry: 'keychain.license', server });
    expect(entryFields('settings')).toEqual({ entry: 'settings', server: undefined });
  });
});

describe('equal lines of the log', () => {
  it('are written 20 times a minute, and the next one contains the number of omitted lines', () => {
    let nowMs = 0;
    const lines: LogLine[] = [];
    const log = createLog((line) => lines.push(line), { wallNow: () => 0, monotonicNow: () => nowMs });
    for (let nth = 0; nth < 50; nth += 1)
      log.warn('keychain', 'read', { code: 'secret_store_locked', server: `p${nth}` });
    log.warn('keychain', 'read', { code: 'secret_store_timeout' });
    expect(lines).toHaveLength(21);
    nowMs = 60_000;
    log.warn('keychain', 'read', { code: 'secret_store_timeout' });
    log.warn('keychain', 'read', { code: 'secret_store_locked' });
    log.warn('keychain', 'read', { code: 'secret_store_locked' });
    expect(lines.slice(21).map(({ code, omitted }) => [code, omitted])).toEqual([
      ['secret_store_timeout', undefined],
      ['secret_store_locked', 30],
      ['secret_store_locked', undefined],
    ]);
  });
});

describe('a step that leaves the console', () => {
  function stepping() {
    const lines: LogLine[] = [];
    let nowMs = 0;
    const log = createLog((line) => lines.push(line), { wallNow: () => 0, monotonicNow: () => nowMs });
    const said = () => lines.map(({ time: _time, run: _run, ...line }) => line);
    return { log, said, wait: (ms: number) => (nowMs += ms) };
  }

  it('writes a line at its start and one at its end, with the same id and the duration', async () => {
    const { log, said, wait } = stepping();
    const first = log.step(
      'keychain',
      'read',
      { server },
      async () => {
        wait(12);
        return succeed('x');
      },
      resultEnd,
    );
    await log.step('keychain', 'write', {}, async () => fail('secret_store_locked'), resultEnd);
    expect(await first).toEqual(succeed('x'));
    const read = { area: 'keychain', event: 'read', op: 1, server };
    const write = { area: 'keychain', event: 'write', op: 2 };
    expect(said()).toEqual([
      { level: 'info', ...read, phase: 'start' },
      { level: 'info', ...write, phase: 'start' },
      { level: 'info', ...read, phase: 'end', durationMs: 12 },
      { level: 'warn', ...write, phase: 'failed', code: 'secret_store_locked', durationMs: 0 },
    ]);
  });

  it('that throws is logged with its stack, and the error is passed on', async () => {
    const { log, said } = stepping();
    const broken = log.step(
      'server',
      'poll',
      { server },
      () => Promise.reject(new Error('broken')),
      () => ({ ok: true }),
    );
    await expect(broken).rejects.toThrow('broken');
    expect(said().at(-1)).toMatchObject({ level: 'error', op: 1, phase: 'failed', server, durationMs: 0 });
    expect(said().at(-1)?.['stack']).toMatch(/^Error: broken\n +at /);
  });
});

/** A keychain process that keeps its entries in memory. */
class KeychainInMemory extends EventEmitter {
  readonly #entries = new Map<string, string>();

  postMessage({ id, operation, name, value }: SecretStoreCall): void {
    if (operation === 'write') this.#entries.set(name, value ?? '');
    if (operation === 'remove') this.#entries.delete(name);
    this.emit('message', { id, ok: true, value: operation === 'read' ? (this.#entries.get(name) ?? null) : null });
  }

  kill(): boolean {
    return true;
  }
}

describe('E8: the life of a license in the log', () => {
  const secretMembers = ['device_code', 'user_code', 'access_token', 'refresh_token'];
  let server: AuthorizationServer;
  beforeAll(async () => {
    server = await startAuthorizationServer();
    server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  });
  afterAll(() => server.close());

  it('contains its steps, but no secrets, not even in a quoted error', async () => {
    const log = new MemoryLog();
    const issued = new Set<string>();
    const remember = async (answer: Response) => {
      const read = await answer
        .clone()
        .json()
        .catch(() => ({}));
      for (const [name, value] of Object.entries(read as Record<string, string>))
        if (secretMembers.includes(name)) issued.add(value);
      return answer;
    };
    const session = {
      fetch: async (input: string | Request, init?: RequestInit) => remember(await fetch(input, init)),
      closeAllConnections: async () => {},
      evidence: async () => ({}),
    };
    const process = new KeychainInMemory();
    const keychain = new KeytarSecretStore('', log, () => process as unknown as KeychainProcess);
    const parts = { http: createAxiosHttp(() => session, log), secrets: keychain };
    const console = new ConsoleAtSandbox(server, { dpop: true }, parts);
    console.onUserCode = (userCode) => log.conceal(userCode);
    expect(await console.acquire('Store 014')).toBe('licensed');
    expect(await console.refresh()).toBe('refreshed');
    server.control.addFault({ endpoint: 'token', fault: { kind: 'status', status: 503 }, times: 1 });
    expect(await console.refresh()).not.toBe('refreshed');
    const stored = await keychain.read('license.p1');
    const key = /"d":"([^"]+)"/.exec((stored.ok && stored.value) || '')?.[1] ?? '';
    expect((await console.services.license.remove(false)).ok).toBe(true);

    const events = new Set(log.lines.map(({ area, event, phase }) => `${area} ${event} ${String(phase)}`));
    const steps = ['discovery', 'device_code', 'poll', 'token_refresh', 'revocation', 'signing_keys'];
    for (const step of steps) for (const phase of ['start', 'end']) expect(events).toContain(`server ${step} ${phase}`);
    expect(events).toContain('server token_refresh failed');
    for (const step of ['read', 'write', 'remove']) expect(events).toContain(`keychain ${step} end`);
    for (const { area, server: about } of log.said) if (area === 'server') expect(about).toBe('p1');

    const secrets = [...issued, key, `flc_0123456789ab_${key}`];
    expect(secrets.length).toBeGreaterThanOrEqual(8);
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(7);
      log.error('license', 'refresh_fault', new Error(`The server sent ${secret} twice`));
      log.error('window', 'call_failed', new SyntaxError(`Unexpected token, "${secret}" is not valid JSON`));
      log.warn('window', 'page_failed', { error: `TypeError: ${secret}`, at: secret });
    }
    for (const secret of secrets) expect(log.text).not.toContain(secret.slice(0, 24));
  });
});
