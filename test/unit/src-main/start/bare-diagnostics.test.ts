import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate/browser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../../../src-main/commands/exit-codes.ts';
import { saveBareDiagnostics } from '../../../../src-main/start/bare-diagnostics.ts';
import { failure } from '../../../../src-shared/result.ts';
import { MemoryTerminal } from '../../../fakes/memory-terminal.ts';

let folder: string;
let terminal: MemoryTerminal;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bare-'));
  terminal = new MemoryTerminal();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const save = (...words: string[]) =>
  saveBareDiagnostics({ words, terminal, version: '1.2.3', folder, trouble: failure('console_not_answering') });

describe('the diagnostics of a console that cannot start', () => {
  it('have the reason, the system, the log and the data folder', async () => {
    mkdirSync(join(folder, 'logs'));
    const time = '2026-11-29T21:40:07.120Z';
    writeFileSync(join(folder, 'logs/console.log'), `${JSON.stringify({ time, event: 'console_not_started' })}\n`);
    expect(await save('diagnose', '--save=d.zip')).toBe(exitCodes.done);
    expect(terminal.err).toContain('does not answer');
    const zipped = unzipSync(terminal.files.get('d.zip') ?? new Uint8Array());
    const text = (name: string) => strFromU8(zipped[name] ?? new Uint8Array());
    expect(text('README.txt')).toContain('Fusion License Console 1.2.3');
    expect(text('about.txt')).toContain('[console_not_answering]');
    expect(text('about.txt')).toContain(`Operating system: ${process.platform}`);
    expect(text('failure-codes.txt')).toContain('console_not_started: once');
    expect(text('data-folder.txt')).toContain('logs/console.log');
    for (const name of Object.keys(zipped)) expect(text(name), name).not.toContain(`${homedir()}/`);
  });

  it('contain no secret that is in a log, in any form', async () => {
    const canary = 'Qz7Kx2mW9vB4nL8sR1tY6dF3hJ5g';
    const base64 = Buffer.from(canary).toString('base64');
    const basic = Buffer.from(`mel:${canary}`).toString('base64');
    const texts = [
      `Error: https://auth.example/token?refresh_token=${canary}&x=1`,
      `Authorization: Bearer ${canary}`,
      `proxy-authorization: Basic ${basic}`,
      `{"refresh_token":"${canary}","a":1}`,
      `http://mel:${canary}@proxy.example:8080/ refused`,
      `token: ${base64}`,
    ];
    mkdirSync(join(folder, 'logs'));
    for (const name of ['console.log', 'console.old.log'])
      writeFileSync(
        join(folder, 'logs', name),
        texts.flatMap((stack) => [JSON.stringify({ time: '2026-11-29T10:00:00.000Z', stack }), stack]).join('\n'),
      );
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ clientSecret: canary }));
    expect(await save('diagnose', '--save=d.zip')).toBe(exitCodes.done);
    const zip = terminal.files.get('d.zip') ?? new Uint8Array();
    const files = Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, strFromU8(bytes)] as const);
    for (const log of ['logs/console.log', 'logs/console.old.log'])
      expect(Object.fromEntries(files)[log]?.match(/\[removed\]/g)?.length).toBeGreaterThanOrEqual(texts.length);
    for (const [name, text] of [...files, ['the terminal', terminal.out + terminal.err] as const])
      for (const form of [canary, base64, basic]) expect(text, name).not.toContain(form);
  });

  it('can be saved without a data folder', async () => {
    rmSync(folder, { recursive: true });
    expect(await save('diagnose', '--save=d.zip')).toBe(exitCodes.done);
    const zipped = unzipSync(terminal.files.get('d.zip') ?? new Uint8Array());
    expect(strFromU8(zipped['README.txt'] ?? new Uint8Array())).toContain('data-folder.txt: could not be read: ENOENT');
  });

  it('ask before they replace a file, and explain why they are not saved', async () => {
    terminal.files.set('d.zip', new Uint8Array([1]));
    expect(await save('diagnose', '--save=d.zip')).toBe(exitCodes.usage);
    expect(terminal.files.get('d.zip')).toHaveLength(1);
    expect(await save('diagnose', '--save=d.zip', '--yes')).toBe(exitCodes.done);
  });

  it.each([['diagnose'], ['status'], ['diagnose', '--save'], ['diagnose', '--help']])(
    'are not saved by another command: %s',
    async (...words) => {
      expect(await save(...words)).toBeNull();
      expect(terminal.files.size).toBe(0);
    },
  );
});
