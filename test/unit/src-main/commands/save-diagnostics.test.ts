import { strFromU8, unzipSync } from 'fflate/browser';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../../../src-main/commands/exit-codes.ts';
import { fail } from '../../../../src-shared/result.ts';
import { CommandsAtWork } from '../../../fakes/commands-at-work.ts';
import { MemoryTerminal } from '../../../fakes/memory-terminal.ts';

const old = new Uint8Array([1]);

/** A terminal with a file `d.zip`, in which a person types this. Null: nobody can be asked. */
function terminalWithFile(typed: string | null): MemoryTerminal {
  const terminal = new MemoryTerminal();
  terminal.files.set('d.zip', old);
  terminal.typed = typed;
  return terminal;
}

describe('diagnose --save', () => {
  it('saves one zip, and lists what is in it', async () => {
    const work = await CommandsAtWork.create();
    const { exitCode, out, terminal } = await work.run(['diagnose', '--save=d.zip']);
    expect(exitCode).toBe(exitCodes.done);
    const zipped = unzipSync(terminal.files.get('d.zip') ?? old);
    for (const name of Object.keys(zipped)) expect(out).toContain(name);
    expect(Object.keys(zipped)).toContain('checks.txt');
    expect(strFromU8(zipped['README.txt'] ?? old)).toContain('checks.txt:');
    expect(out).toContain('The diagnostics are in d.zip');
  });

  it('accepts the file as a separate argument, and prints one JSON document for a program', async () => {
    const work = await CommandsAtWork.create();
    const { out, terminal } = await work.run(['diagnose', '--save', 'd.zip', '--json']);
    const document = JSON.parse(out) as { files: { name: string }[] };
    expect(document).toMatchObject({ saved: true, file: 'd.zip', bytes: terminal.files.get('d.zip')?.length });
    expect(document.files.map(({ name }) => name)).toContain('README.txt');
  });

  it('works without a server, and succeeds even if checks fail', async () => {
    const work = await CommandsAtWork.create();
    work.hasServer = false;
    work.notices = [{ id: 'settings_unreadable', keptAs: 'settings.broken.json' }];
    const { exitCode, terminal } = await work.run('diagnose --save=d.zip');
    expect(exitCode).toBe(exitCodes.done);
    const settings = strFromU8(unzipSync(terminal.files.get('d.zip') ?? old)['settings.txt'] ?? old);
    expect(settings).toContain('notice[1].id: settings_unreadable');
  });

  it.each(['yes', 'Y'])('replaces a file after the answer %s', async (typed) => {
    const work = await CommandsAtWork.create();
    const { exitCode, terminal } = await work.run('diagnose --save=d.zip', undefined, terminalWithFile(typed));
    expect(terminal.asked).toEqual([expect.stringContaining('d.zip')]);
    expect(exitCode).toBe(exitCodes.done);
    expect(terminal.files.get('d.zip')).not.toBe(old);
  });

  it('replaces a file with --yes, without a question', async () => {
    const work = await CommandsAtWork.create();
    const { terminal } = await work.run('diagnose --save=d.zip --yes', undefined, terminalWithFile(null));
    expect(terminal.asked).toEqual([]);
    expect(terminal.files.get('d.zip')).not.toBe(old);
  });

  it.each<[string, string, string | null, number]>([
    ['the answer is no', 'diagnose --save=d.zip', 'no', exitCodes.cancelled],
    ['nobody can be asked', 'diagnose --save=d.zip', null, exitCodes.usage],
    ['the output is for a program', 'diagnose --save=d.zip --json', 'yes', exitCodes.usage],
  ])('leaves a file as it is if %s', async (_why, line, typed, expected) => {
    const work = await CommandsAtWork.create();
    const { exitCode, terminal, err } = await work.run(line, undefined, terminalWithFile(typed));
    expect(exitCode).toBe(expected);
    expect(terminal.files.get('d.zip')).toBe(old);
    if (expected === exitCodes.usage) expect(err).toContain('--yes');
  });

  it('gives the reason if the file cannot be saved', async () => {
    const work = await CommandsAtWork.create();
    const terminal = new MemoryTerminal();
    terminal.saveFailure = fail('export_not_written', { facts: { reason: 'full' } });
    const { exitCode, err } = await work.run('diagnose --save=d.zip', undefined, terminal);
    expect(exitCode).toBe(exitCodes.failed);
    expect(err).toMatch(/diagnostics could not be saved.+full/s);
  });

  it('saves nothing when it is cancelled', async () => {
    const work = await CommandsAtWork.create();
    const { exitCode, terminal } = await work.run('diagnose --save=d.zip', (running) => running.cancel());
    expect(exitCode).toBe(exitCodes.cancelled);
    expect(terminal.files.size).toBe(0);
  });

  it.each(['diagnose --save=-', 'diagnose --save=', 'diagnose --yes', 'diagnose --save=d.zip --server=Store'])(
    'refuses the command line %s',
    async (line) => {
      const work = await CommandsAtWork.create();
      const { exitCode, terminal } = await work.run(line);
      expect(exitCode).toBe(exitCodes.usage);
      expect(terminal.files.size).toBe(0);
    },
  );
});
