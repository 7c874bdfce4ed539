import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { notOnWindows } from '../../../../fakes/on-windows.ts';
import { keepToOwnAccount } from '../../../../../src-main/adapters/disk/own-rights.ts';

describe('only the own account can read the console’s files', notOnWindows('modeBits'), () => {
  let base: string;
  let folder: string;
  let umask: number;
  const at = (...names: string[]) => join(folder, ...names);
  const modeOf = (path: string) => statSync(path).mode & 0o7777;
  const make = (path: string, mode: number) => {
    writeFileSync(path, '');
    chmodSync(path, mode);
  };

  beforeEach(() => {
    umask = process.umask(0);
    base = mkdtempSync(join(tmpdir(), 'own-rights-'));
    folder = join(base, 'data');
    mkdirSync(folder, { mode: 0o755 });
  });
  afterEach(() => {
    process.umask(umask);
    rmSync(base, { recursive: true, force: true });
  });

  it.each([0o000, 0o002, 0o022, 0o027, 0o077])(
    'new files and folders are private, with a umask of %o before',
    (before) => {
      process.umask(before);
      expect(keepToOwnAccount(folder)).toBe(true);
      writeFileSync(at('made'), '');
      mkdirSync(at('made-too'));
      expect(modeOf(at('made'))).toBe(0o600);
      expect(modeOf(at('made-too'))).toBe(0o700);
    },
  );

  // In reality, each start has its own process. The test loads the module again for each case.
  it.each([0o000, 0o002, 0o022, 0o077])(
    'another program gets the umask that the console was started with, %o',
    async (before) => {
      vi.resetModules();
      const start = await import('../../../../../src-main/adapters/disk/own-rights.ts');
      process.umask(before);
      start.keepToOwnAccount(folder);
      const seen = () => execFileSync('/bin/sh', ['-c', 'umask'], { encoding: 'utf8' });
      expect(Number.parseInt(start.withUmaskOfStart(seen), 8)).toBe(before);
      expect(Number.parseInt(seen(), 8)).toBe(0o077);
      const fails = () => {
        throw new Error('not started');
      };
      expect(() => start.withUmaskOfStart(fails)).toThrow('not started');
      expect(Number.parseInt(seen(), 8)).toBe(0o077);
    },
  );

  it('the existing folder, its files and its subfolders become private', () => {
    make(at('settings.json'), 0o644);
    mkdirSync(at('logs', 'old'), { recursive: true });
    make(at('logs', 'console.log'), 0o666);
    make(at('logs', 'old', 'console.log'), 0o640);
    expect(keepToOwnAccount(folder)).toBe(true);
    expect(modeOf(folder)).toBe(0o700);
    for (const file of [['settings.json'], ['logs', 'console.log'], ['logs', 'old', 'console.log']])
      expect(modeOf(at(...file)), file.join('/')).toBe(0o600);
    for (const inner of [['logs'], ['logs', 'old']]) expect(modeOf(at(...inner)), inner.join('/')).toBe(0o700);
  });

  it('the entries of a folder that is closed already are not looked at: nobody else reaches them', () => {
    make(at('settings.json'), 0o644);
    chmodSync(folder, 0o700);
    expect(keepToOwnAccount(folder)).toBe(true);
    expect(modeOf(at('settings.json'))).toBe(0o644);
    chmodSync(folder, 0o710);
    expect(keepToOwnAccount(folder)).toBe(true);
    expect([modeOf(folder), modeOf(at('settings.json'))]).toEqual([0o700, 0o600]);
  });

  it('the target of a link keeps its rights', () => {
    const elsewhere = join(base, 'elsewhere');
    make(elsewhere, 0o644);
    symlinkSync(elsewhere, at('link'));
    symlinkSync(join(base, 'nowhere'), at('broken'));
    expect(keepToOwnAccount(folder)).toBe(true);
    expect(modeOf(elsewhere)).toBe(0o644);
  });

  it('the target becomes private if the console’s folder itself is a link', () => {
    const link = join(base, 'link');
    symlinkSync(folder, link);
    expect(keepToOwnAccount(link)).toBe(true);
    expect(modeOf(folder)).toBe(0o700);
  });

  it('a folder that does not exist yet is created as a private one', () => {
    expect(keepToOwnAccount(join(base, 'new'))).toBe(true);
    mkdirSync(join(base, 'new'));
    expect(modeOf(join(base, 'new'))).toBe(0o700);
  });

  // The permissions of the kernel's own folders cannot be changed.
  it('a folder that cannot become private is reported', { skip: process.platform !== 'linux' }, () => {
    expect(keepToOwnAccount('/proc/self/task')).toBe(false);
  });
});
