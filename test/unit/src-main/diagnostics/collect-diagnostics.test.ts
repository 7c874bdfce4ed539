import { describe, expect, it } from 'vitest';
import {
  type CollectedFile,
  collectDiagnostics,
  linesOf,
} from '../../../../src-main/diagnostics/collect-diagnostics.ts';
import type { DiagnosticsScene, DiagnosticsServices } from '../../../../src-main/diagnostics/diagnostics-part.ts';
import { failure } from '../../../../src-shared/result.ts';
import { CommandsAtWork } from '../../../fakes/commands-at-work.ts';
import { diagnosticsScene, memoryDisk } from '../../../fakes/diagnostics-scene.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';
import { nastyIn, nastySign } from '../../../fakes/nasty-texts.ts';
import { serverReport } from '../../../fakes/pairing-scene.ts';
import { settled, until } from '../../../fakes/until.ts';

const work = await CommandsAtWork.create();
const scene = diagnosticsScene(work);
const timer = new HandTimer(new FakeClock());
const { services } = scene;
if (!services) throw new Error('no services');

async function collect(changes: Partial<DiagnosticsScene> = {}): Promise<readonly CollectedFile[]> {
  return (await collectDiagnostics({ ...scene, ...changes }, { timer })) ?? [];
}

function withServices(changes: Partial<DiagnosticsServices>): Partial<DiagnosticsScene> {
  return { services: { ...(services as DiagnosticsServices), ...changes } };
}

/** The text of the file with that name. Empty if there is none. */
function textOf(files: readonly CollectedFile[], name: string): string {
  const file = files.find((each) => each.name === name);
  return file ? linesOf(file).join('\n') : '';
}

const broken = (): never => {
  throw new Error('EACCES');
};

describe('the diagnostics', () => {
  it('have a file for each part, and a README that explains each', async () => {
    const files = await collect();
    expect(files.map(({ name }) => name)).toEqual([
      'README.txt',
      'about.txt',
      'settings.txt',
      'checks.txt',
      'licenses.txt',
      'state.txt',
      'history-1.csv',
      'logs/console.log',
      'failure-codes.txt',
      'data-folder.txt',
    ]);
    const readme = textOf(files, 'README.txt');
    for (const { name } of files.slice(1)) expect(readme).toMatch(new RegExp(`^${name}: [A-Z].+\\.$`, 'm'));
    expect(readme).not.toContain('Missing:');
    expect(readme).toContain('2026-11-29T21:40:00Z');
    expect(readme).toContain('Fusion License Console 0.1.0 (Electron 33.2.1)');
    for (const { name } of files) expect(name).toMatch(/^[A-Za-z0-9./-]+$/);
  });

  it('include the settings, the license, the acquisition and the checks', async () => {
    const files = await collect();
    const [server] = services.servers;
    expect(textOf(files, 'about.txt')).toContain('Data folder: ~\\AppData\\Roaming\\Fusion License Console');
    expect(textOf(files, 'settings.txt')).toContain(`server[1].issuer: ${server?.profile.issuer}`);
    expect(textOf(files, 'settings.txt')).toContain(`server[1].client_id: ${server?.profile.clientId}`);
    expect(textOf(files, 'licenses.txt')).toContain('license[1].status: not_licensed');
    expect(textOf(files, 'state.txt')).toContain('server[1].acquisition.state: idle');
    expect(textOf(files, 'checks.txt')).toContain('Keychain: Works.');
    expect(textOf(files, 'data-folder.txt')).toContain('settings.json (2 bytes, 2026-11-29T12:00:00Z)');
  });

  it.each<[string, Partial<DiagnosticsScene>]>([
    ['about.txt', { about: broken }],
    ['settings.txt', withServices({ settings: broken })],
    ['checks.txt', withServices({ checks: broken })],
    ['licenses.txt', withServices({ servers: [new Proxy({}, { get: broken })] as never })],
    ['state.txt', withServices({ trustedTime: { evaluate: broken } })],
    ['history.csv', withServices({ history: broken })],
    ['data-folder.txt', { disk: { ...scene.disk, list: async () => broken() } }],
  ])('lack only %s if that part fails, and give the reason', async (name, changes) => {
    const files = await collect(changes);
    expect(textOf(files, 'README.txt')).toContain(`${name}: could not be read: EACCES`);
    expect(files.some((file) => file.name === name)).toBe(false);
    expect(files.length).toBeGreaterThan(3);
    expect(textOf(files, 'logs/console.log')).toBe('');
  });

  it('explain that one log file cannot be read, and include the other', async () => {
    const disk = memoryDisk({ 'logs/console.log': new Error('EACCES'), 'logs/console.old.log': 'old line\n' });
    const files = await collect({ disk });
    expect(textOf(files, 'logs/console.log')).toBe('could not be read: EACCES');
    expect(textOf(files, 'logs/console.old.log')).toBe('old line');
  });

  it('can be collected before the console has started', async () => {
    const files = await collect({ services: null });
    expect(files.map(({ name }) => name)).toEqual([
      'README.txt',
      'about.txt',
      'logs/console.log',
      'failure-codes.txt',
      'data-folder.txt',
    ]);
    expect(textOf(files, 'README.txt')).toContain('settings.txt: could not be read: the console has not started');
  });

  it('do not wait for a part that never ends', async () => {
    const collecting = collect({ about: () => new Promise(() => {}) });
    await settled();
    await timer.advance(25_000);
    const files = await collecting;
    expect(textOf(files, 'README.txt')).toContain('about.txt: could not be read: it took too long');
    expect(textOf(files, 'settings.txt')).not.toBe('');
    expect(timer.count).toBe(0);
  });

  it('summarize the failure codes of the history and the log, latest first', async () => {
    const at = Date.UTC(2026, 10, 28);
    const log = ['2026-11-29T10:00:00.000Z', '2026-11-29T11:00:00.000Z'].map((time) =>
      JSON.stringify({ time, event: 'poll', phase: 'failed', code: 'network_unreachable' }),
    );
    const files = await collect({
      disk: memoryDisk({ 'logs/console.log': [...log, 'not a line of the console', ''].join('\n') }),
      ...withServices({
        history: () => ({
          entries: [{ at, event: { kind: 'refresh_failed', code: 'invalid_grant' } }],
          skipped: 2,
          readable: false,
        }),
      }),
    });
    const [first, second] = textOf(files, 'failure-codes.txt').split('\n');
    expect(first).toMatch(/^network_unreachable: 2 times, from 2026-11-29T10:00:00Z to 2026-11-29T11:00:00Z\. [A-Z]/);
    expect(second).toMatch(/^invalid_grant: once, at 2026-11-28T00:00:00Z\. [A-Z]/);
    expect(textOf(files, 'history-1.csv')).toContain('invalid_grant');
    expect(textOf(files, 'history-1.csv')).toMatch(/2 lines could not be understood.+\n.*could not be read/);
  });

  it('keep the end of a log that is too large, so that all files stay below a limit', async () => {
    const line = 'a line of the log. ';
    const text = Array.from({ length: 90_000 }, (_line, nth) => `${line}${nth}`).join('\n');
    const files = await collect({
      disk: memoryDisk({ 'logs/console.log': text, 'logs/console.old.log': text }),
      ...withServices({ servers: Array.from({ length: 5 }, () => services.servers).flat() }),
    });
    const log = textOf(files, 'logs/console.log');
    expect(log).toMatch(/^\(Earlier lines are left out\.\)\n/);
    expect(log.endsWith(`${line}89999`)).toBe(true);
    expect(log.length).toBeLessThanOrEqual(1_300_000);
    expect(files.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(4_100_000);
  });

  it('show every line as a person can read it', async () => {
    const disk = memoryDisk({ 'logs/console.log': `a${nastySign}b  c \n` });
    const log = textOf(await collect({ disk }), 'logs/console.log');
    expect(log).toMatch(/^a.*b c$/s);
    expect(nastyIn(log, true)).toBeUndefined();
  });

  it('contain no User Code while one is open', async () => {
    const other = await CommandsAtWork.create();
    await other.run('acquire', async () => {
      const { acquisition } = other.console.services;
      await until(() => acquisition.view().state === 'awaiting_authorization');
      const view = acquisition.view();
      const code = view.state === 'awaiting_authorization' ? view.code.userCode : '';
      const files = await collectDiagnostics(diagnosticsScene(other), { timer });
      expect(code.length).toBeGreaterThan(3);
      for (const file of files ?? []) expect(linesOf(file).join('\n')).not.toContain(code);
      expect(textOf(files ?? [], 'state.txt')).toContain('acquisition.state: awaiting_authorization');
      acquisition.cancel();
    });
  });

  it('describe a pairing on both sides, without its code, its words or a User Code', async () => {
    const code = 'BCDF GHJK';
    const words = ['amber', 'barge', 'cedar'] as const;
    const server = {
      id: 'p-1',
      words,
      connected: true,
      left: false,
      link: 'filled_in' as const,
      reportedAt: Date.UTC(2026, 10, 29, 21, 30),
      report: serverReport({ acquisition: { state: 'awaiting_authorization', userCode: 'WDJB-MJHT' } }),
      issuer: { state: 'failed' as const, code: 'network_unreachable' },
      relayed: [{ to: 'auth.example:443', openConnections: 1, bytesUp: 300, bytesDown: 4000 }],
    };
    const endsAt = Date.UTC(2026, 10, 29, 23, 30);
    const offer = {
      state: 'open' as const,
      addresses: [],
      port: 41740,
      code,
      qr: `FLC1:${code}`,
      endsAt,
      wrongFrom: ['10.0.0.9', '10.0.0.9'],
      otherVersion: { from: '10.0.0.8', is: 'older' as const },
      servers: [server],
    };
    const profileId = services.servers[0]?.profile.id ?? '';
    const address = '10.0.0.6';
    const laptop = {
      state: 'paired' as const,
      profileId,
      address,
      words,
      endsAt,
      way: 'gone' as const,
    };
    const files = await collect(withServices({ pairing: () => ({ offer, laptop }) }));
    expect(textOf(files, 'state.txt').split('\n\n').slice(-2)).toEqual([
      [
        'offer.state: open',
        'offer.port: 41740',
        'offer.ends_at: 2026-11-29T23:30:00.000Z',
        'offer.wrong_codes_from: 10.0.0.9, 10.0.0.9',
        'offer.other_version: older',
        'offer.other_version_from: 10.0.0.8',
        'offer.server[1].issuer: https://auth.example',
        'offer.server[1].trust: failed',
        'offer.server[1].failure: network_unreachable',
        'offer.server[1].connected: true',
        'offer.server[1].left: false',
        'offer.server[1].link: filled_in',
        'offer.server[1].reported_at: 2026-11-29T21:30:00.000Z',
        'offer.server[1].relayed[1].to: auth.example:443',
        'offer.server[1].relayed[1].open_connections: 1',
        'offer.server[1].relayed[1].bytes_up: 300',
        'offer.server[1].relayed[1].bytes_down: 4000',
      ].join('\n'),
      [
        'laptop.state: paired',
        'laptop.address: 10.0.0.6',
        'laptop.ends_at: 2026-11-29T23:30:00.000Z',
        'laptop.way: gone',
        'laptop.server: 1',
      ].join('\n'),
    ]);
    for (const file of files)
      for (const secret of [code, 'WDJB-MJHT', ...words])
        expect(linesOf(file).join('\n'), secret).not.toContain(secret);
  });

  it('contain no secret from any source, in any form', async () => {
    const canary = 'Qz7Kx2mW9vB4nL8sR1tY6dF3hJ5g';
    const encoded = Buffer.from(canary).toString('base64');
    const said = [`Bearer ${canary}`, `refresh_token=${encoded}`, `https://mel:${canary}@x.example/?code=${canary}`];
    const detail = said.join(' and ');
    const refused = failure('authorization_refused', { detail, facts: { error: canary } });
    const [server] = services.servers;
    const changed = new Proxy(server as never, {
      get: (target, name) => {
        if (name === 'connection') return { state: 'offline', failure: refused };
        if (name === 'acquisition') return { view: () => ({ state: 'failed', failure: refused }) };
        if (name === 'refresh') return { view: () => ({ refreshing: false, lastFailure: refused }) };
        return Reflect.get(target, name) as unknown;
      },
    });
    const profile = { ...server?.profile, startAddress: `https://mel:${canary}@x.example/#${canary}` };
    const entry = { at: 0, event: { kind: 'refresh_failed' as const, code: 'invalid_grant' as const, detail } };
    const result = { check: 'keys' as const, state: 'failed' as const, says: [detail], failure: refused };
    const files = await collect({
      about: () => Promise.reject(new Error(detail)),
      disk: memoryDisk({ 'logs/console.log': `${detail}\n${JSON.stringify({ stack: detail, token: canary })}\n` }),
      ...withServices({
        servers: [
          changed,
          new Proxy(changed, { get: (target, name) => (name === 'profile' ? profile : Reflect.get(target, name)) }),
        ],
        history: () => ({ entries: [entry], skipped: 0, readable: true }),
        checks: async () => ({ computer: [result], servers: [] }),
        settings: () => [['theme', detail]],
      }),
    });
    const texts = files.map((file) => linesOf(file).join('\n'));
    expect(texts.filter((text) => text.includes('[removed]')).length).toBeGreaterThan(5);
    for (const [nth, text] of texts.entries())
      for (const form of [canary, encoded, encodeURIComponent(encoded)])
        expect(text, files[nth]?.name).not.toContain(form);
  });

  it('name what failed last', async () => {
    const server = services.servers[0];
    const connection = {
      state: 'offline' as const,
      failure: failure('captive_portal', { facts: { portal: 'x.example' } }),
    };
    const changed = new Proxy(server as never, {
      get: (target, name) => (name === 'connection' ? connection : Reflect.get(target, name)),
    });
    const files = await collect(withServices({ servers: [changed] }));
    expect(textOf(files, 'state.txt')).toContain('server[1].connection.code: captive_portal');
  });
});

describe('collecting', () => {
  it('reports its progress up to the end', async () => {
    const steps: string[] = [];
    await collectDiagnostics(scene, { timer, onProgress: (done, total) => steps.push(`${done}/${total}`) });
    const [first] = steps;
    const last = steps.at(-1) ?? '';
    expect(first).toMatch(/^0\//);
    expect(last.split('/')[0]).toBe(last.split('/')[1]);
    expect(new Set(steps).size).toBeGreaterThan(10);
  });

  it('ends at once when it is cancelled', async () => {
    const ending = new AbortController();
    const collecting = collectDiagnostics(
      { ...scene, about: () => new Promise(() => {}) },
      { timer, signal: ending.signal },
    );
    await settled();
    ending.abort();
    expect(await collecting).toBeNull();
    expect(timer.count).toBe(0);
  });
});
