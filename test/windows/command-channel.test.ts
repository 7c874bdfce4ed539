import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runAtConsole } from '../../src-main/adapters/command-channel/command-channel-client.ts';
import { type ChannelDocument, readChannelFile } from '../../src-main/adapters/command-channel/command-channel-file.ts';
import { isRunning } from '../../src-main/adapters/computer/running-process.ts';
import { succeed } from '../../src-shared/result.ts';
import { MemoryTerminal } from '../fakes/memory-terminal.ts';
import { OwnProcess } from './own-process.ts';

let folder: string;
const processes: OwnProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commands ü-'));
});
afterEach(async () => {
  for (const one of processes.splice(0)) await one.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function openConsole(): Promise<OwnProcess> {
  const started = new OwnProcess('command-channel', folder);
  processes.push(started);
  await started.heard('open');
  return started;
}

const file = () => readChannelFile(folder) as ChannelDocument;

describe('the command channel of a console in a separate process', () => {
  test('runs a command, and another console takes it over after a kill', async () => {
    for (const words of [['status'], ['status', 'größer 店', '']]) {
      const console = await openConsole();
      const terminal = new MemoryTerminal();
      const { result } = await runAtConsole(file(), words, terminal);
      expect(result).toEqual(succeed(7));
      expect(terminal.out).toBe(`${file().pid} ${words.join(' ')}\n`);
      await console.kill();
      expect(isRunning(file().pid)).toBe(false);
      const after = await runAtConsole(file(), words, new MemoryTerminal());
      expect(after).toMatchObject({ begun: false, result: { failure: { code: 'console_not_answering' } } });
    }
  });

  test('reports a kill in the middle of a command to the terminal', async () => {
    const console = await openConsole();
    const terminal = new MemoryTerminal();
    const running = runAtConsole(file(), ['wait'], terminal);
    await expect.poll(() => terminal.out, { timeout: 30_000 }).not.toBe('');
    await console.kill();
    expect(await running).toMatchObject({ begun: true, result: { failure: { code: 'console_ended' } } });
  });

  test('reports a program that holds its file, and writes the file once it is released', async () => {
    const first = await openConsole();
    await first.kill();
    const holder = new OwnProcess('file-holder', join(folder, 'command-channel.json'));
    processes.push(holder);
    await holder.heard('holds');
    const second = new OwnProcess('command-channel', folder);
    processes.push(second);
    expect(await second.heard('failed')).toContain('in use');
    await holder.kill();
    await openConsole();
    const { result } = await runAtConsole(file(), ['status'], new MemoryTerminal());
    expect(result).toEqual(succeed(7));
  });
});
