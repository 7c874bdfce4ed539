import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { machineFolder, MachineLicenseMarkers } from '../../../../../src-main/adapters/disk/machine-license-marker.ts';
import { accountLookup, osUserName } from '../../../../../src-main/adapters/computer/os-account.ts';
import type { MarkedServer } from '../../../../../src-main/license/license-marker.ts';
import { said, tries } from '../../../../fakes/tries.ts';
import { notOnWindows, notOnWindowsNorAsRoot } from '../../../../fakes/on-windows.ts';

const server: MarkedServer = {
  issuer: 'https://auth.example',
  serverId: '8f0c',
  serverName: 'Store 014',
  edition: 'store',
  profileId: 'p-1',
};
const posix = process.platform !== 'win32';

let base: string;
let folder: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'markers-'));
  folder = join(base, 'shared');
  mkdirSync(folder);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const as = (osUser: string, mayMakeFolder = false) =>
  new MachineLicenseMarkers({ path: folder, accountOf: null }, osUser, mayMakeFolder);
const others = async () => (await as('till').readOthers()).markers;

/** The file of another account, as this console writes it. */
async function written(osUser = 'manager'): Promise<string> {
  const before = new Set(readdirSync(folder));
  expect(await as(osUser).keepOwn([server])).toBe(true);
  const [name = '', ...more] = readdirSync(folder).filter((found) => !before.has(found));
  expect(more).toEqual([]);
  return join(folder, name);
}

describe('S5: a marker in the folder that all accounts share', () => {
  test('can be read by the other accounts, but not by its own', async () => {
    await as('manager').keepOwn([server]);
    await as('owner').keepOwn([server, { ...server, serverName: 'Store 015' }]);
    expect((await others()).map(({ osUser, servers }) => [osUser, servers.length])).toEqual(
      expect.arrayContaining([
        ['manager', 1],
        ['owner', 2],
      ]),
    );
    expect((await as('Manager').readOthers()).markers.map(({ osUser }) => osUser)).toEqual(['owner']);
    expect((await others()).find(({ osUser }) => osUser === 'manager')?.servers).toEqual([server]);
  });

  test('is replaced as a whole, readable by all, and removed without servers', async () => {
    const file = await written();
    if (posix) expect(statSync(file).mode & 0o777).toBe(0o644);
    expect(await as('manager').keepOwn([{ ...server, serverName: 'Renamed' }])).toBe(true);
    expect((await others())[0]?.servers[0]?.serverName).toBe('Renamed');
    expect(readdirSync(folder)).toHaveLength(1);
    expect(await as('manager').keepOwn([])).toBe(true);
    expect(await as('manager').keepOwn([])).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each(['../../etc/passwd', 'DOMAIN\\manager', 'CON', '.', 'ü€💳', 'x'.repeat(200), 'a\0b'])(
    'has a plain file name for the account %j',
    async (osUser) => {
      expect(await as(osUser).keepOwn([server])).toBe(true);
      expect(readdirSync(base)).toEqual(['shared']);
      expect(readdirSync(folder)).toEqual([expect.stringMatching(/^[0-9a-f]{32}\.json$/)]);
      expect(await others()).toHaveLength(1);
    },
  );

  test('contains at most 20 servers, and can be read', async () => {
    const many = Array.from({ length: 500 }, (_value, index) => ({ ...server, profileId: `p-${index}` }));
    expect(await as('manager').keepOwn(many)).toBe(true);
    expect((await others())[0]?.servers.length).toBe(20);
  });

  test('is not written without a folder, unless this account may create the folder for all', async () => {
    rmSync(folder, { recursive: true });
    expect(await as('manager').keepOwn([server])).toBe(false);
    expect(await others()).toEqual([]);
    expect(await as('manager', true).keepOwn([server])).toBe(true);
    if (posix) expect(statSync(folder).mode & 0o7777).toBe(0o1777);
    expect(await others()).toHaveLength(1);
  });

  test('is not written if a folder is in its place or a file is in the place of the folder', async () => {
    const file = await written();
    rmSync(file);
    mkdirSync(join(file, 'full'), { recursive: true });
    expect(await as('manager').keepOwn([server])).toBe(false);
    expect(readdirSync(folder)).toHaveLength(1);
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    expect(await as('manager', true).keepOwn([server])).toBe(false);
    expect(await others()).toEqual([]);
  });
});

describe('S5: files of other accounts in the shared folder', () => {
  test(
    'a link in the place of the own marker is replaced, and its target stays unchanged',
    notOnWindows('links'),
    async () => {
      const file = await written();
      const victim = join(base, 'victim');
      writeFileSync(victim, 'mine');
      rmSync(file);
      symlinkSync(victim, file);
      expect(await as('manager').keepOwn([server])).toBe(true);
      expect(readFileSync(victim, 'utf8')).toBe('mine');
      expect(await others()).toHaveLength(1);
    },
  );

  test('links, pipes and folders are not read, and nothing waits for them', notOnWindows('links'), async () => {
    const file = await written();
    const real = join(base, 'real');
    copyFileSync(file, real);
    rmSync(file);
    symlinkSync(real, file);
    execFileSync('mkfifo', [join(folder, `${'0'.repeat(32)}.json`)]);
    mkdirSync(join(folder, `${'1'.repeat(32)}.json`));
    expect(await others()).toEqual([]);
  });

  test.each<[string, (good: string) => string]>([
    ['empty', () => ''],
    ['cut off', (good) => good.slice(0, good.length / 2)],
    ['NUL', (good) => '\0'.repeat(good.length)],
    ['of a later version', (good) => good.replace('"version":1', '"version":2')],
    ['in the name of another account', (good) => good.replace('"manager"', '"administrator"')],
    ['without servers', (good) => good.replace(/"servers":\[.*\]/, '"servers":[]')],
    ['of wrong types', (good) => good.replace('"Store 014"', '14')],
    ['a profile id that is a path', (good) => good.replace('"p-1"', '"../p"')],
    ['larger than any marker', (good) => good.replace('{', `{"more":"${'x'.repeat(100_000)}",`)],
    ['a name without an end', (good) => good.replace('Store 014', 'x'.repeat(201))],
  ])('an invalid marker is left out, and the others are read: %s', async (_what, spoil) => {
    const file = await written();
    writeFileSync(file, spoil(readFileSync(file, 'utf8')));
    await written('owner');
    expect((await others()).map(({ osUser }) => osUser)).toEqual(['owner']);
  });

  test('a marker that was written by another account than it names is ignored', notOnWindows('linuxOnly'), async () => {
    await as('manager').keepOwn([server]);
    const me = osUserName();
    await as(me).keepOwn([server]);
    const path = folder;
    const readers = new MachineLicenseMarkers({ path, accountOf: accountLookup(process.platform) }, 'till');
    expect((await readers.readOthers()).markers.map(({ osUser }) => osUser)).toEqual([me]);
    const unknown = new MachineLicenseMarkers({ path, accountOf: async () => null }, 'till');
    expect((await unknown.readOthers()).markers).toEqual([]);
  });

  test('a missing folder counts as empty', async () => {
    expect(await as('till').readOthers()).toEqual({ markers: [], isUnread: false });
    rmSync(folder, { recursive: true });
    expect(await as('till').readOthers()).toEqual({ markers: [], isUnread: false });
  });

  test('a folder that this account cannot examine does not count as empty', notOnWindows('longNames'), async () => {
    folder = join(base, 'x'.repeat(300));
    expect(await as('till').readOthers()).toEqual({ markers: [], isUnread: true });
  });

  test(
    'if this account may not read one file, it reads the others and reports that one is unread',
    notOnWindowsNorAsRoot('modeBits'),
    async () => {
      chmodSync(await written(), 0);
      await written('owner');
      const { markers, isUnread } = await as('till').readOthers();
      expect({ osUsers: markers.map(({ osUser }) => osUser), isUnread }).toEqual({
        osUsers: ['owner'],
        isUnread: true,
      });
    },
  );

  test('control characters in names are removed', async () => {
    const name = 'Store\n014\u202e\u0007\u2028';
    await as('man\u2066ager').keepOwn([{ ...server, serverName: name }]);
    expect(await others()).toEqual([
      expect.objectContaining({ osUser: 'manager', servers: [expect.objectContaining({ serverName: 'Store 014' })] }),
    ]);
  });

  test('at most 100 markers are read', async () => {
    for (let index = 0; index < 150; index += 1) await as(`user-${index}`).keepOwn([server]);
    copyFileSync(await written(), join(folder, 'copy.json'));
    expect(await others()).toHaveLength(100);
  });

  test('a folder without any rights yields no markers and takes none', notOnWindowsNorAsRoot('modeBits'), async () => {
    await written();
    chmodSync(folder, 0o000);
    expect(await others()).toEqual([]);
    expect(await as('till').keepOwn([server])).toBe(false);
    chmodSync(folder, 0o700);
  });

  test(`${said(300)} files of any content are read without an exception`, async () => {
    const file = await written();
    const good = JSON.parse(readFileSync(file, 'utf8')) as object;
    const contents = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc
        .dictionary(fc.constantFrom('version', 'osUser', 'servers'), fc.jsonValue())
        .map((changes) => JSON.stringify({ ...good, ...changes })),
    );
    await fc.assert(
      fc.asyncProperty(contents, async (content) => {
        writeFileSync(file, content);
        for (const { osUser, servers } of await others()) {
          expect(osUser).toBe('manager');
          expect(servers.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: tries(300) },
    );
  });
});

test('S5: each operating system has its shared folder', () => {
  expect(machineFolder('win32', { ProgramData: 'D:\\Data' })).toContain('Fusion License Console');
  expect(machineFolder('win32', {})).toContain('C:\\ProgramData');
  expect(machineFolder('darwin', {})).toBe('/Users/Shared/Fusion License Console');
  expect(machineFolder('linux', {})).toBe('/var/lib/fusion-license-console');
  expect(osUserName()).not.toBe('');
});

test(
  "S5: an account number is translated into the account's name, or into a text with the number",
  notOnWindows('linuxOnly'),
  async () => {
    const accountOf = accountLookup(process.platform);
    expect(await accountOf?.(process.getuid?.() ?? 0)).toBe(osUserName());
    expect(await accountOf?.(987_654_321)).toBe('account 987654321');
    expect(accountLookup('win32')).toBe(null);
  },
);
