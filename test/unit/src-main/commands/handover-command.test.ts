import { beforeEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../../../src-main/commands/exit-codes.ts';
import { fail } from '../../../../src-shared/result.ts';
import { readSettingsCode, settingsCode } from '../../../../src-shared/servers/settings-code.ts';
import { handoverWords } from '../../../../src-shared/words/handover-words.ts';
import { CommandsAtWork } from '../../../fakes/commands-at-work.ts';
import { profile } from '../../../fakes/fake-authorization-server.ts';
import { MemoryTerminal } from '../../../fakes/memory-terminal.ts';

const old = new Uint8Array([1]);
const textOf = (terminal: MemoryTerminal) => new TextDecoder().decode(terminal.files.get('sheet.txt'));

/** A terminal with a file `sheet.txt`, in which a person types this. Null: nobody can be asked. */
function terminalWithFile(typed: string | null): MemoryTerminal {
  const terminal = new MemoryTerminal();
  terminal.files.set('sheet.txt', old);
  terminal.typed = typed;
  return terminal;
}

let at: CommandsAtWork;
beforeEach(async () => {
  at = await CommandsAtWork.create();
});

describe('handover', () => {
  it('prints the sheet: the license, the checks, what to do on a new computer, the support contact and the settings', async () => {
    await at.console.acquire();
    const { exitCode, out } = await at.run(['handover', '--installed-by=Maria Gómez']);
    expect(exitCode).toBe(exitCodes.done);
    expect(out).toMatch(/^Handover sheet for Store 014\n/);
    for (const said of [
      'Installed by Maria Gómez.',
      'This server can be offline until',
      handoverWords.checksHeading,
      'These work: Keychain',
      '  2. Enter the settings below, or paste their last line into the address field.',
      'Help desk',
      profile.issuer,
    ])
      expect(out).toContain(said);
    expect(readSettingsCode(out.trimEnd().split('\n').at(-1) ?? '')).toEqual(readSettingsCode(settingsCode(profile)));
    expect(out).not.toMatch(/eyJ/);
  });

  it('prints one JSON document for a program', async () => {
    await at.console.acquire();
    const { out } = await at.run('handover --json');
    const document = JSON.parse(out) as { server_name: string; sheet: string[] };
    expect(document.server_name).toBe('Store 014');
    expect(document.sheet[0]).toBe('Handover sheet for Store 014');
  });

  it('saves the text that it prints', async () => {
    await at.console.acquire();
    const { out: printed } = await at.run('handover');
    const { exitCode, out, terminal } = await at.run('handover --save=sheet.txt');
    expect(exitCode).toBe(exitCodes.done);
    expect(out).toContain('The handover sheet is in sheet.txt.');
    expect(textOf(terminal)).toBe(printed);
    const asJson = await at.run('handover --save=sheet.txt --json');
    expect(JSON.parse(asJson.out)).toEqual({
      saved: true,
      file: 'sheet.txt',
      bytes: asJson.terminal.files.get('sheet.txt')?.length,
    });
  });

  it.each<[string, string, string | null, number]>([
    ['the answer is yes', 'handover --save=sheet.txt', 'yes', exitCodes.done],
    ['--yes says so', 'handover --save=sheet.txt --yes', null, exitCodes.done],
    ['not if the answer is no', 'handover --save=sheet.txt', 'no', exitCodes.cancelled],
    ['not if nobody can be asked', 'handover --save=sheet.txt', null, exitCodes.usage],
    ['not if the output is for a program', 'handover --save=sheet.txt --json', 'yes', exitCodes.usage],
  ])('replaces a file: %s', async (_when, line, typed, expected) => {
    await at.console.acquire();
    const { exitCode, terminal } = await at.run(line, undefined, terminalWithFile(typed));
    expect(exitCode).toBe(expected);
    if (expected === exitCodes.done) expect(textOf(terminal)).toContain('Handover sheet for Store 014');
    else expect(terminal.files.get('sheet.txt')).toBe(old);
  });

  it('gives the reason if the file cannot be saved', async () => {
    await at.console.acquire();
    const terminal = new MemoryTerminal();
    terminal.saveFailure = fail('export_not_written', { facts: { reason: 'full' } });
    const { exitCode, err } = await at.run('handover --save=sheet.txt', undefined, terminal);
    expect(exitCode).toBe(exitCodes.failed);
    expect(err).toMatch(/^The file could not be saved\.\s+The disk is full/);
  });

  it.each<[string, string, number, RegExp]>([
    ['a license', 'handover', exitCodes.notLicensed, /./],
    ['a name of the file', 'handover --save=-', exitCodes.usage, /--save=handover\.txt/],
    ['a file for --yes', 'handover --yes', exitCodes.usage, /--save/],
  ])('needs %s', async (_what, line, expected, err) => {
    const end = await at.run(line);
    expect(end).toMatchObject({ exitCode: expected, out: '' });
    expect(end.err).toMatch(err);
  });

  it('needs the name of one of several servers', async () => {
    await at.console.acquire();
    at.hasSecond = true;
    expect((await at.run('handover')).exitCode).toBe(exitCodes.usage);
    expect((await at.run('handover --server=Second')).out).toMatch(/^Handover sheet for Second\n/);
  });

  it('saves nothing when it is cancelled', async () => {
    await at.console.acquire();
    const { exitCode, terminal } = await at.run('handover --save=sheet.txt', (running) => running.cancel());
    expect(exitCode).toBe(exitCodes.cancelled);
    expect(terminal.files.size).toBe(0);
  });
});
