import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
  test('a live line is drawn over, and what is written next takes its place', () => {
    const { terminal, said } = open({ tty: true });
    terminal.writeLive('5:00 left');
    terminal.writeLive('4:59');
    terminal.write('done\n');
    expect(said()).toBe(`\r5:00 left\r4:59     \r${' '.repeat(4)}\rdone\n`);
    expect({ columns: terminal.columns, isLive: terminal.isLive }).toEqual({ columns: 100, isLive: true });
  });

  test.each([0, undefined])('a terminal that says %s columns has 80', (columns) => {
    const { terminal, stdout } = open({ tty: true });
    Object.assign(stdout, { columns });
    expect(terminal.columns).toBe(80);
  });

  test('a terminal wider than any, as a program may set it, is not wider than the channel can say', () => {
    for (const { terminal } of [open({ columns: 100_000 }), open({ tty: true })]) {
      expect(terminal.columns).toBeLessThanOrEqual(10_000);
      expect(terminal.columns).toBeGreaterThanOrEqual(100);
    }
  });

  test('in a file nothing is drawn over; 80 columns', () => {
    const { terminal, said, cried } = open();
    terminal.writeLive('5:00 left');
    terminal.writeError('trouble\n');
    expect([said(), cried()]).toEqual(['', 'trouble\n']);
    expect({ columns: terminal.columns, isLive: terminal.isLive }).toEqual({ columns: 80, isLive: false });
  });

  test('behind a launcher: its columns, and the end of the input cancels', async () => {
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

  test('whoever read what it says is gone, as head -1: cancelled; the error stream alone may be closed', async () => {
    const { terminal, stdout, stderr } = open();
    stderr.emit('error', new Error('EPIPE'));
    expect(terminal.cancelled.aborted).toBe(false);
    stdout.emit('error', Object.assign(new Error(), { code: 'EPIPE' }));
    expect(terminal.cancelled.aborted).toBe(true);
    expect(await terminal.flush()).toBe(true);
  });

  test('what it says cannot be written, as on a full disk: cancelled, and known at the end', async () => {
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
  ])('colours at %s', (_name, options, env, hasColours) => {
    vi.stubEnv('NO_COLOR', '');
    vi.stubEnv('TERM', 'xterm');
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    expect(open(options).terminal.hasColours).toBe(hasColours && process.platform !== 'win32');
  });

  test('asked, and the console ends before there is an answer: the terminal is as before, and the line is free', async () => {
    const { terminal, stdin, said } = open({ tty: true, typing: true });
    const asking = terminal.ask('sure? ');
    expect(Object(stdin).isRaw).toBe(true);
    terminal.write('The console ended\n');
    await terminal.flush();
    expect(await asking).toMatchObject({ ok: false, failure: { code: 'command_cancelled' } });
    expect(Object(stdin).isRaw).toBe(false);
    expect(said()).toMatch(/\nThe console ended\n$/);
  });

  test('asked, and answered by yes, by Ctrl-C or by the end of the input', async () => {
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

  test('the input is that of a person: it is said that it is waited for', async () => {
    const { terminal, stdin, cried } = open({ typing: true });
    const reading = terminal.read('standard_input');
    expect(cried()).toContain('--token-file');
    stdin.end('a.b.c\n');
    expect(await reading).toEqual({ ok: true, value: 'a.b.c\n' });
  });

  test('behind a launcher nobody can type: there is no input, and it is not waited for', async () => {
    const { terminal } = open({ columns: 80, cancelsByInput: true });
    expect(await terminal.read('standard_input')).toEqual({ ok: true, value: '' });
  });

  test('nobody can be asked where no person is', async () => {
    expect(await open().terminal.ask('sure? ')).toMatchObject({ ok: false, failure: { code: 'confirmation_missing' } });
  });

  test('the input is read to its end, within bounds', async () => {
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

  test('a pipe that is named as a file, as <(…) does, is read to its end', notOnWindows('linuxOnly'), async () => {
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

  test('a pipe with too much in it is not read to its end', notOnWindows('linuxOnly'), async () => {
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

  test('a pipe that nobody writes into: Ctrl-C ends the wait', notOnWindows('linuxOnly'), async () => {
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

  test('a file is read, within bounds', async () => {
    const { terminal } = open();
    const folder = mkdtempSync(join(tmpdir(), 'process-terminal-'));
    const file = join(folder, 'token');
    writeFileSync(file, 'a.b.c');
    expect(await terminal.read({ file })).toEqual({ ok: true, value: 'a.b.c' });
    writeFileSync(file, 'x'.repeat(inputLimit + 1));
    for (const wrong of [file, join(folder, 'missing'), folder])
      expect(await terminal.read({ file: wrong })).toMatchObject({ failure: { code: 'command_malformed' } });
  });
});
