import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../../../src-main/commands/command-arguments.ts';
import { commandNames } from '../../../../src-main/commands/command-table.ts';
import { optionsOf } from '../../../fakes/options-of.ts';

const read = (line: string) => readCommandLine(line.split(' ').filter(Boolean));

describe('the command line', () => {
  test.each([
    ['', { explains: 'help' }],
    ['--help', { explains: 'help' }],
    ['--version', { explains: 'version' }],
    ['-v', { explains: 'version' }],
    ['help acquire', { explains: 'acquire' }],
    ['status', { explains: null, name: '' }],
    ['status --help', { explains: 'status' }],
    ['acquire -h', { explains: 'acquire' }],
    ['status now --help', { explains: 'status' }],
    ['api create-client POS', { explains: null, name: 'POS' }],
    ['api', { explains: null, name: '' }],
    ['profiles edit POS --resource=', { explains: null, name: 'POS' }],
    ['profiles choose -- --odd', { explains: null, name: '--odd' }],
  ])('is read: %j', (line, expected) => {
    expect(read(line)).toMatchObject({ ok: true, value: expected });
  });

  test.each([
    ['an option with =', 'status --server=a', 'a'],
    ['a value that contains =', 'status --server=a=b', 'a=b'],
    ['an option with a space', 'status --server a', 'a'],
  ])('accepts %s', (_name, line, value) => {
    const said = read(line);
    expect(said.ok && said.value.explains === null && said.value.args.value('server')).toBe(value);
  });

  test.each([
    'licence',
    'Status',
    '--json status',
    'status now',
    'status --all',
    'status --json=yes',
    'status --server',
    'status --server=',
    'status --json --json',
    'status -j',
    'token --show --tokens',
    'verify eyJhbGciOiJFUzI1NiJ9.e30.sig',
    'status __proto__',
    'status --__proto__=a',
    'constructor',
    'help licence',
    'help status now',
    'help --json',
    'api maybe',
    'api constructor',
    'api create-client',
    'api on now',
    'api create-client POS now',
    'profiles choose',
    'profiles edit',
    'profiles edit POS --resource',
    'profiles list --resource=a',
    'profiles choose POS --resource=',
    'profiles edit POS --resource= --resource=a',
    'profiles list now',
  ])('refuses %s', (line) => {
    expect(read(line)).toMatchObject({ ok: false, failure: { code: 'command_malformed' } });
  });

  test('refuses a word that is too long, and does not repeat it', () => {
    const said = readCommandLine(['status', `--server=${'x'.repeat(20_000)}`]);
    expect(said).toMatchObject({ ok: false, failure: { code: 'command_malformed' } });
    expect(JSON.stringify(said).length).toBeLessThan(500);
  });

  test('is read or refused without an exception, for 2,000 random lines', () => {
    const options = commandNames.flatMap(optionsOf);
    const word = fc.oneof(
      fc.constantFrom(...commandNames, ...options, '--help', '-', '--', '-x'),
      fc.tuple(fc.constantFrom(...options), fc.string()).map(([option, value]) => `${option}${value}`),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (line) => {
        const said = readCommandLine(line);
        return said.ok || said.failure.code === 'command_malformed';
      }),
      { numRuns: 2_000 },
    );
  });
});
