import { readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosenEnvironment, environmentOfPerson, namesPassedOn } from './chosen-environment.mjs';
import { repository } from './repository.mjs';
import { run } from './run.mjs';

const machine = { PATH: process.env.PATH, HOME: '/home/ann', FLC_LONG: '1' };
const others = {
  LANG: 'de_DE.UTF-8',
  LANGUAGE: 'de',
  LC_ALL: 'tr_TR.UTF-8',
  LC_TIME: 'ar_EG',
  TZ: 'Pacific/Kiritimati',
  TERM: 'dumb',
  http_proxy: 'http://proxy:1',
  HTTPS_PROXY: 'http://proxy:1',
  no_proxy: '*',
  ALL_PROXY: 'socks5://proxy:1',
  NODE_OPTIONS: '--no-warnings',
  NODE_ENV: 'production',
  NODE_EXTRA_CA_CERTS: '/ca.pem',
  NODE_USE_ENV_PROXY: '1',
  FORCE_COLOR: '3',
  NO_COLOR: '1',
  COLUMNS: '20',
  CI: '1',
  GIT_CONFIG_GLOBAL: '/git',
  GIT_DIR: '/git',
  ELECTRON_RUN_AS_NODE: '1',
  ELECTRON_OZONE_PLATFORM_HINT: 'wayland',
  ELECTRON_ENABLE_LOGGING: '1',
  XDG_CONFIG_HOME: '/c',
  XDG_DATA_HOME: '/d',
  XDG_CACHE_HOME: '/e',
  XDG_RUNTIME_DIR: '/r',
  XDG_CONFIG_DIRS: '/x',
  DISPLAY: ':9',
  WAYLAND_DISPLAY: 'w',
  DBUS_SESSION_BUS_ADDRESS: 'unix:path=/x',
  GTK_THEME: 'x',
  SSLKEYLOGFILE: '/k',
  FLC_TEST_CLOCK_OFFSET_MS: '1',
  FUSION_LICENSE_API: '/x',
  FUSION_LICENSE_API_SECRET: 'x',
  FONTCONFIG_FILE: '/x',
};

describe('the environment of tests, tools and the demo', () => {
  it('is the same on every machine', () => {
    const alone = chosenEnvironment(machine);
    expect(chosenEnvironment({ ...machine, ...others })).toEqual(alone);
    const name = fc.string({ unit: 'grapheme-ascii', minLength: 1 });
    const more = fc.dictionary(
      name.filter((candidate) => !namesPassedOn().includes(candidate.toUpperCase())),
      fc.string(),
    );
    fc.assert(
      fc.property(more, (noise) => {
        expect(chosenEnvironment({ ...machine, ...noise })).toEqual(alone);
      }),
    );
  });

  it('is what a started program sees', async () => {
    const seen = `JSON.stringify([Intl.DateTimeFormat().resolvedOptions().timeZone, process.env.LANG, process.umask(), process.env.NODE_OPTIONS ?? ''])`;
    const before = process.umask(0o077);
    try {
      const env = chosenEnvironment({ ...process.env, ...others });
      const { output } = await run(process.execPath, ['-p', seen], { env, capture: true });
      const mask = process.platform === 'win32' ? expect.any(Number) : 0o022;
      expect(JSON.parse(output)).toEqual(['UTC', 'C.UTF-8', mask, '']);
    } finally {
      process.umask(before);
    }
  });

  it("in a person's session also has their display, their keychain and their time zone, and no more", () => {
    const { TZ: _utc, ...alone } = chosenEnvironment(machine);
    const session = { DISPLAY: ':9', WAYLAND_DISPLAY: 'w', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/x' };
    const folders = { XDG_CONFIG_HOME: '/c', XDG_DATA_HOME: '/d', XDG_RUNTIME_DIR: '/r', XDG_CONFIG_DIRS: '/x' };
    const expected = { ...alone, ...session, ...folders, TZ: 'Pacific/Kiritimati' };
    expect(environmentOfPerson({ ...machine, ...others })).toEqual(expected);
  });

  it('is the one that this test runs in, with a separate home folder', () => {
    const { HOME: home, XDG_CACHE_HOME: cache, ...mine } = chosenEnvironment();
    expect(process.env).toMatchObject(mine);
    for (const name of ['NODE_OPTIONS', 'LANGUAGE', 'http_proxy', 'https_proxy', 'XDG_CONFIG_HOME', 'DISPLAY'])
      expect(process.env[name]).toBeUndefined();
    if (process.platform !== 'linux') return;
    expect(home).toBe(homedir());
    expect(readdirSync(home)).not.toContain('.bashrc');
    expect(statSync(home).isDirectory()).toBe(true);
    expect(cache.startsWith(home)).toBe(false);
  });
});

/** The other files of the set-up that read the environment, and why. */
const readElsewhere = {
  'demo.mjs': 'is it Wayland that the person looks at',
  'display-session.mjs': 'is there a display that a person looks at',
  'dist.mjs': 'packaging downloads, and signs with the keys of who releases',
  'electron-runtime.mjs': 'the Electron that a person chose',
  'install-packages.mjs': 'npm downloads: through a proxy, say',
  'official-runtime.mjs': 'Electron is downloaded: through a proxy, say',
  'repository.mjs': 'where the cache folder of the account is',
  'run-tool.mjs': 'the npm that started this',
  'run.mjs': 'what downloads, and what a person starts for themselves',
  'system-packages.mjs': 'apt downloads: through a proxy, say',
  'test-crash.mjs': 'sets what is passed on by name',
  'test-faults.mjs': 'sets what is passed on by name',
  'test-fonts.mjs': 'the font that is passed on by name',
  'test-long.mjs': 'sets what is passed on by name',
};

it('is chosen in one place: elsewhere the set-up reads the environment only with a reason', () => {
  const folder = join(repository, 'test/set-up');
  const files = readdirSync(folder).filter((name) => name.endsWith('.mjs') && !name.endsWith('.test.mjs'));
  const readers = files.filter((name) => readFileSync(join(folder, name), 'utf8').includes('process.env'));
  expect(readers.filter((name) => name !== 'chosen-environment.mjs').toSorted()).toEqual(Object.keys(readElsewhere));
});

it('is given to everything that the set-up starts, except the named programs with the machine’s own', () => {
  const folder = join(repository, 'test/set-up');
  const files = readdirSync(folder).filter((name) => name.endsWith('.mjs') && !name.endsWith('.test.mjs'));
  const calls = files.flatMap((name) => {
    const code = readFileSync(join(folder, name), 'utf8').replaceAll(/\s+/g, ' ');
    return [...code.matchAll(/(?<![.\w])(?:await |return |\()(?:run|processes\.start)\([^;]*;/g)].map(([call]) => [
      name,
      call,
    ]);
  });
  const withoutOne = calls.filter(([, call]) => !/\benv\b/.test(call)).map(([name]) => name);
  expect([...new Set(withoutOne)].toSorted()).toEqual([
    'console-command.mjs',
    'fetch-package.mjs',
    'mirror-runtime.mjs',
    'system-packages.mjs',
  ]);
});
