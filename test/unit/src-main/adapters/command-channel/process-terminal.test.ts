import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { inputLimit } from '../../../../../src-main/adapters/command-channel/channel-messages.ts';
import { ProcessTerminal } from '../../../../../src-main/adapters/command-channel/process-terminal.ts';
import { notOnWindows } from '../../../../fakes/on-windows.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
afterEach(() => {
  for (const signal of signals) process.removeAllListeners(signal);
  vi.unstubAllEnvs();
});

function open({
  tty = false,
  typing = false,
  columns,
  cancelsByInput = false,
}: {
  tty?: boolean;
  /** A person sits at it. */
  typing?: boolean;
  columns?: number;
  cancelsByInput?: boolean;
} = {}) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  if (tty) Object.assign(stdout, { isTTY: true, columns: 100 });
  if (typing) Object.assign(stdin, { isTTY: true, setRawMode: (on: boolean) => Object.assign(stdin, { isRaw: on }) });
  const streams = { stdin, stdout, stderr } as unknown as Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr'>;
  const terminal = new ProcessTerminal(streams, { columns, cancelsByInput });
  return {
    terminal,
    stdin,
    stdout,
    stderr,
    said: () => String(stdout.read() ?? ''),
    cried: () => String(stderr.read() ?? ''),
  };
}

describe('the terminal of this process', () => {
  test('a live line is overwritten by the next live line and by the next output', () => {
    const { terminal, said } = open({ tty: true });
    terminal.writeLive('5:00 left');
    terminal.writeLive('4:59');
    terminal.write('done\n');
    expect(said()).toBe(`\r5:00 left\r4:59     \r${' '.repeat(4)}\rdone\n`);
    expect({ columns: terminal.columns, isLive: terminal.isLive }).toEqual({ columns: 100, isLive: true });
  });

  test.each([0, undefined])('a terminal that reports %s columns has 80', (columns) => {
    const { terminal, stdout } = open({ tty: true });
    Object.assign(stdout, { columns });
    expect(terminal.columns).toBe(80);
  });

  test('an excessive width is limited to what the channel accepts', () => {
    for (const { terminal } of [open({ columns: 100_000 }), open({ tty: true })]) {
      expect(terminal.columns).toBeLessThanOrEqual(10_000);
      expect(terminal.columns).toBeGreaterThanOrEqual(100);
    }
  });

  test('output to a file has 80 columns and no live lines', () => {
    const { terminal, said, cried } = open();
    terminal.writeLive('5:00 left');
    terminal.writeError('trouble\n');
    expect([said(), cried()]).toEqual(['', 'trouble\n']);
    expect({ columns: terminal.columns, isLive: terminal.isLive }).toEqual({ columns: 80, isLive: false });
  });

  test("behind a launcher it has the launcher's columns, and the end of the input cancels", async () => {
    const { terminal, stdin } = open({ columns: 120, cancelsByInput: true });
    expect({ columns: terminal.columns, isLive: terminal.isLive }).toEqual({ columns: 120, isLive: true });
    const cancelled = new Promise((resolve) => terminal.cancelled.addEventListener('abort', resolve));
    stdin.end();
    await cancelled;
  });

  test.each(signals)('%s cancels', (signal) => {
    const { terminal } = open();
    terminal.listenToSignals();
    process.emit(signal, signal);
    expect(terminal.cancelled.aborted).toBe(true);
  });

  test('a closed output, as by head -1, cancels, and a closed error stream does not', async () => {
    const { terminal, stdout, stderr } = open();
    stderr.emit('error', new Error('EPIPE'));
    expect(terminal.cancelled.aborted).toBe(false);
    stdout.emit('error', Object.assign(new Error(), { code: 'EPIPE' }));
    expect(terminal.cancelled.aborted).toBe(true);
    expect(await terminal.flush()).toBe(true);
  });

  test('a write error of the output, as on a full disk, cancels and is reported by flush', async () => {
    const { terminal, stdout, stderr } = open();
    stdout.destroy(Object.assign(new Error(), { code: 'ENOSPC' }));
    stderr.resume();
    expect(await terminal.flush()).toBe(false);
    expect(terminal.cancelled.aborted).toBe(true);
    const fine = open();
    fine.terminal.write('done\n');
    expect(await fine.terminal.flush()).toBe(true);
  });

  test.each([
    ['a terminal', { tty: true }, {}, true],
    ['a file', {}, {}, false],
    ['NO_COLOR', { tty: true }, { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR', { tty: true }, { NO_COLOR: '' }, true],
    ['a dumb terminal', { tty: true }, { TERM: 'dumb' }, false],
  ])('colours depend on the terminal and the environment: %s', (_name, options, env, hasColours) => {
    vi.stubEnv('NO_COLOR', '');
    vi.stubEnv('TERM', 'xterm');
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    expect(open(options).terminal.hasColours).toBe(hasColours && process.platform !== 'win32');
  });

  test('output during a question cancels it, resets the terminal and starts on a new line', async () => {
    const { terminal, stdin, said } = open({ tty: true, typing: true });
    const asking = terminal.ask('sure? ');
    expect(Object(stdin).isRaw).toBe(true);
    terminal.write('The console ended\n');
    await terminal.flush();
    expect(await asking).toMatchObject({ ok: false, failure: { code: 'command_cancelled' } });
    expect(Object(stdin).isRaw).toBe(false);
    expect(said()).toMatch(/\nThe console ended\n$/);
  });

  test('a question is answered by yes, and cancelled by Ctrl-C or the end of the input', async () => {
    for (const [typed, code] of [
      ['yes\r', null],
      ['\u0003', 'command_cancelled'],
      ['\u0004', 'command_cancelled'],
    ] as const) {
      const { terminal, stdin } = open({ tty: true, typing: true });
      const asking = terminal.ask('sure? ');
      stdin.write(typed);
      const typedThen = await asking;
      expect(typedThen.ok ? null : typedThen.failure.code).toBe(code);
      expect(Object(stdin).isRaw).toBe(false);
    }
  });

  test('a hint appears while it waits for a person to type the input', async () => {
    const { terminal, stdin, cried } = open({ typing: true });
    const reading = terminal.read('standard_input');
    expect(cried()).toContain('--token-file');
    stdin.end('a.b.c\n');
    expect(await reading).toEqual({ ok: true, value: 'a.b.c\n' });
  });

  test('behind a launcher the input is empty, without waiting', async () => {
    const { terminal } = open({ columns: 80, cancelsByInput: true });
    expect(await terminal.read('standard_input')).toEqual({ ok: true, value: '' });
  });

  test('a question fails if no person sits at the terminal', async () => {
    expect(await open().terminal.ask('sure? ')).toMatchObject({ ok: false, failure: { code: 'confirmation_missing' } });
  });

  test('the input is read to its end, unless it is too long or cancelled', async () => {
    const whole = open();
    whole.stdin.end('a.b.c\n');
    expect(await whole.terminal.read('standard_input')).toEqual({ ok: true, value: 'a.b.c\n' });
    const endless = open();
    endless.stdin.write(Buffer.alloc(inputLimit + 1, 'x'));
    expect(await endless.terminal.read('standard_input')).toMatchObject({ failure: { code: 'command_malformed' } });
    const left = open();
    const reading = left.terminal.read('standard_input');
    left.terminal.cancel();
    expect(await reading).toMatchObject({ failure: { code: 'command_cancelled' } });
  });

  test('a pipe that is named as a file, as by <(…), is read to its end', notOnWindows('linuxOnly'), async () => {
    const folder = mkdtempSync(join(tmpdir(), 'process-terminal-'));
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const { terminal } = open();
    const reading = terminal.read({ file: pipe });
    const writer = await openFile(pipe, 'w');
    for (const part of ['a.', 'b.', 'c\n']) await writer.write(part);
    await writer.close();
    expect(await reading).toEqual({ ok: true, value: 'a.b.c\n' });
    rmSync(folder, { recursive: true });
  });

  test('a pipe with too much content is refused before its end', notOnWindows('linuxOnly'), async () => {
    const folder = mkdtempSync(join(tmpdir(), 'process-terminal-'));
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reading = open().terminal.read({ file: pipe });
    const writer = await openFile(pipe, 'w');
    const writing = writer.write(Buffer.alloc(4 * inputLimit)).catch(() => {});
    expect(await reading).toMatchObject({ failure: { code: 'command_malformed' } });
    await writing;
    await writer.close();
    rmSync(folder, { recursive: true });
  });

  test('Ctrl-C ends the wait for a pipe that nobody writes to', notOnWindows('linuxOnly'), async () => {
    const folder = mkdtempSync(join(tmpdir(), 'process-terminal-'));
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const { terminal } = open();
    const reading = terminal.read({ file: pipe });
    const writer = await openFile(pipe, 'w');
    terminal.cancel();
    expect(await reading).toMatchObject({ failure: { code: 'command_cancelled' } });
    await writer.close();
    rmSync(folder, { recursive: true });
  });

  test('a file is read, unless it is too long, missing or a folder', async () => {
    const { terminal } = open();
    const folder = mkdtempSync(join(tmpdir(), 'process-terminal-'));
    const file = join(folder, 'token');
    writeFileSync(file, 'a.b.c');
    expect(await terminal.read({ file })).toEqual({ ok: true, value: 'a.b.c' });
    writeFileSync(file, 'x'.repeat(inputLimit + 1));
    for (const wrong of [file, join(folder, 'missing'), folder])
      expect(await terminal.read({ file: wrong })).toMatchObject({ failure: { code: 'command_malformed' } });
  });

  test('a file is saved, and replaced only if that is wanted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'terminal-'));
    const file = join(folder, 'd.zip');
    const { terminal } = open();
    expect(await terminal.isThere(file)).toMatchObject({ ok: true, value: false });
    expect(await terminal.save(file, new Uint8Array([1]), false)).toMatchObject({ ok: true });
    expect(await terminal.isThere(file)).toMatchObject({ ok: true, value: true });
    expect(await terminal.save(file, new Uint8Array([2]), false)).toMatchObject({ failure: { code: 'file_exists' } });
    expect([...readFileSync(file)]).toEqual([1]);
    expect(await terminal.save(file, new Uint8Array([3]), true)).toMatchObject({ ok: true });
    expect([...readFileSync(file)]).toEqual([3]);
    expect(await terminal.save(join(folder, 'no', 'd.zip'), new Uint8Array([1]), false)).toMatchObject({
      failure: { code: 'export_not_written', facts: { reason: 'no_folder' } },
    });
    terminal.cancel();
    expect(await terminal.save(file, new Uint8Array([4]), true)).toMatchObject({
      failure: { code: 'command_cancelled' },
    });
    expect([...readFileSync(file)]).toEqual([3]);
    rmSync(folder, { recursive: true });
  });
});
