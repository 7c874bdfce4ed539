import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { otherCopies, type OwnCopy } from '../../../../../src-main/adapters/computer/other-copies.ts';

const packaged: OwnCopy = {
  program: '/opt/Fusion License Console/fusion-license-console',
  entry: null,
  dataFolder: '/home/clerk/.config/Fusion License Console',
  usualFolder: '/home/clerk/.config/Fusion License Console',
  process: 100,
  uid: 1000,
  commandMarker: '--command',
};
const program = '/media/stick/fusion-license-console';
const accountOf = async (uid: number) => (uid === 1001 ? 'manager' : null);

let proc: string;

interface Running {
  readonly name?: string;
  readonly uid?: number;
}

function runs(id: number, argv: readonly string[], { name = 'fusion-license-', uid = 1000 }: Running = {}): void {
  mkdirSync(join(proc, String(id)));
  writeFileSync(join(proc, String(id), 'status'), `Name:\t${name}\nState:\tS\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\n`);
  writeFileSync(join(proc, String(id), 'cmdline'), argv.map((arg) => `${arg}\0`).join(''));
}

const seen = (own: OwnCopy = packaged) => otherCopies(own, accountOf, 'linux', proc);

beforeEach(() => {
  proc = mkdtempSync(join(tmpdir(), 'proc-'));
  mkdirSync(join(proc, 'sys'));
  runs(1, ['/sbin/init'], { name: 'systemd', uid: 0 });
  runs(100, [packaged.program]);
});

/** The command line as the system keeps it, and as Chromium writes it over that. */
const written = [
  ['as it was started', (argv: readonly string[]) => argv],
  ['as one text', (argv: readonly string[]) => [argv.join(' ')]],
] as const;

describe.each(written)('the other copies of the console, with a command line %s', (_how, line) => {
  it('are none where only this one runs, with its processes', async () => {
    runs(101, line([packaged.program, '--type=zygote']));
    runs(102, line([packaged.program, '--type=renderer', '--user-data-dir=/srv/fusion-license-console']));
    expect(await seen()).toEqual([]);
  });

  it.each([
    ['in the usual folder, if this one has another', { ...packaged, dataFolder: '/srv/flc' }, [program]],
    ['in a folder of its own', packaged, [program, '--user-data-dir=/srv/flc', '--background']],
    [
      'in the last folder that its command line names',
      packaged,
      [program, `--user-data-dir=${packaged.dataFolder}`, '--background', '--user-data-dir=/srv/flc'],
    ],
    ['with a name of its server', packaged, [program, '--user-data-dir=/srv/flc', '--server-name=Store 014']],
  ])('are those of this account %s', async (_where, own, argv) => {
    runs(7, line(argv));
    expect(await seen(own)).toEqual([{ process: 7, program, account: null }]);
  });

  it('are not a second start with the same folder, which this console answers', async () => {
    runs(7, line([program]));
    runs(8, line([program, `--user-data-dir=${packaged.dataFolder}`, '--background']));
    runs(9, line([program, '--background', `--user-data-dir=${packaged.dataFolder}`]));
    expect(await seen()).toEqual([]);
  });

  it('are those of other accounts, with the name of the account, or with its number if it has none', async () => {
    runs(7, line([packaged.program, '--background', '--ozone-platform=headless']), { uid: 1001 });
    runs(8, line([program]), { uid: 1002 });
    expect(await seen()).toEqual([
      { process: 7, program: packaged.program, account: 'manager' },
      { process: 8, program, account: '1002' },
    ]);
  });

  it('are not commands of the terminal, and not other programs with such a name or such an argument', async () => {
    runs(7, line([program, '--', '--command', 'diagnose']), { uid: 1001 });
    runs(8, line(['/bin/grep', 'fusion-license-console']), { name: 'grep' });
    runs(9, line(['/usr/bin/fusion-license-helper']), { uid: 1001 });
    // It has ended, and nobody has asked for its result yet.
    runs(10, [], { uid: 1001 });
    expect(await seen()).toEqual([]);
  });

  it('of a console that is not packaged are those of the same application', async () => {
    const own = { ...packaged, program: '/opt/electron', entry: '/srv/app', dataFolder: '/srv/a' };
    runs(7, line(['/opt/electron', '--no-sandbox', '/srv/app']), { name: 'electron' });
    runs(8, line(['/opt/electron', '/srv/chat']), { name: 'electron', uid: 1001 });
    runs(9, line(['/opt/electron', '/srv/app', '--', '--command', 'status']), { name: 'electron' });
    runs(10, line(['/opt/electron', '--user-data-dir=/srv/a', '/srv/app']), { name: 'electron' });
    expect(await seen(own)).toEqual([{ process: 7, program: '/opt/electron', account: null }]);
  });
});

describe('the other copies of the console', () => {
  it('are found although a process ends meanwhile, or says more than a console has to say', async () => {
    mkdirSync(join(proc, '7'));
    runs(8, [program, `--user-data-dir=/srv/flc`, 'x'.repeat(1_000_000)], { uid: 1001 });
    // A script is run by another program.
    runs(9, ['/bin/sh', program], { uid: 1001 });
    expect(await seen()).toEqual([{ process: 8, program, account: 'manager' }]);
  });

  it('are unknown on a system that does not say', async () => {
    expect(await otherCopies(packaged, accountOf, 'win32', proc)).toBeNull();
    expect(await otherCopies(packaged, accountOf, 'darwin', proc)).toBeNull();
    expect(await otherCopies(packaged, accountOf, 'linux', join(proc, 'missing'))).toBeNull();
  });
});
