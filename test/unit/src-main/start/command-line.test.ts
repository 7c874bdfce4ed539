import { describe, expect, test } from 'vitest';
import { commandWords, isFromCommand, launcherSays, commandLockData } from '../../../../src-main/start/command-line.ts';

const packaged = (...args: string[]) => commandWords(['/opt/console', ...args], true);
const unpackaged = (...args: string[]) => commandWords(['/opt/electron', ...args], false);

describe('the command line of a start', () => {
  test.each([
    ['nothing', []],
    ['only switches', ['--background', '--authorization-server=https://auth.example.com']],
    ['what macOS adds', ['-psn_0_12345']],
    ['what runtimes add', ['--no-sandbox', '--user-data-dir=/tmp/a', '--']],
  ])('opens the window: %s', (_name, args) => {
    expect(packaged(...args)).toBeNull();
    expect(unpackaged(...args, '/repository')).toBeNull();
  });

  test.each([
    ['the marker', ['--ozone-platform=headless', '--', '--command', 'status', '--json'], ['status', '--json']],
    ['the marker alone', ['--command'], []],
    ['a word that looks like a switch', ['--command', '--help'], ['--help']],
    ['the marker as a word', ['--command', 'help', '--command'], ['help', '--command']],
    ['a word without the marker', ['--no-sandbox', 'status', '--json'], ['status', '--json']],
    ['an unknown word', ['licence'], ['licence']],
    ['a question alone', ['--no-sandbox', '--version'], ['--version']],
    ['a question about a command', ['status', '--help'], ['status', '--help']],
  ])('runs a command: %s', (_name, args, words) => {
    expect(packaged(...args)).toEqual(words);
    expect(unpackaged('/repository', ...args)).toEqual(words);
  });

  test("takes a launcher's options only before the marker, where a person cannot write", () => {
    const argv = ['console', '--', '--terminal-columns=100', '--cancel-when-input-ends', '--command', 'status'];
    expect(launcherSays(argv)).toEqual({ columns: 100, cancelsByInput: true });
    const person = ['console', '--command', 'status', '--terminal-columns=100', '--cancel-when-input-ends'];
    expect(launcherSays(person)).toEqual({ columns: undefined, cancelsByInput: false });
    for (const columns of ['0', '-1', 'x', '1.5', ''])
      expect(launcherSays(['console', `--terminal-columns=${columns}`, '--command']).columns).toBeUndefined();
  });

  test('marks a command with lock data that a console recognizes', () => {
    expect(isFromCommand(structuredClone(commandLockData))).toBe(true);
    for (const other of [undefined, null, {}, 'command', 7]) expect(isFromCommand(other)).toBe(false);
  });
});
