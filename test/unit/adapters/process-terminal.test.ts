import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { inputLimit } from '../../../src-main/adapters/command-channel/channel-messages.ts';
import { ProcessTerminal } from '../../../src-main/adapters/process-terminal.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
afterEach(() => {
  for (const signal of signals) process.removeAllListeners(signal);
});

function open({
  tty = false,
  columns,
  cancelsByInput = false,
}: {
  tty?: boolean;
  columns?: number;
  cancelsByInput?: boolean;
} = {}) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  if (tty) Object.assign(stdout, { isTTY: true, columns: 100 });
  const streams = { stdin, stdout, stderr } as unknown as Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr'>;
  const terminal = new ProcessTerminal(streams, { columns, cancelsByInput });
  return { terminal, stdin, stdout, said: () => String(stdout.read() ?? ''), cried: () => String(stderr.read() ?? '') };
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
