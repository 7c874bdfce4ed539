import { describe, expect, it, vi } from 'vitest';
import {
  type Run,
  scriptAt,
  type ScriptPlace,
  scriptPlace,
  troubleOf,
} from '../../../../../src-main/adapters/network/proxy-script.ts';

vi.mock('electron', () => ({ app: {}, session: {} }));

/** Answers a program whose command line contains the key. */
const saying =
  (answers: Readonly<Record<string, string>>): Run =>
  async (...command) =>
    Object.entries(answers).find(([part]) => command.join(' ').includes(part))?.[1] ?? '';
const address = 'http://wpad.example/proxy.pac';
const named = 'named_by_network';
const kde = { XDG_CURRENT_DESKTOP: 'KDE', KDE_SESSION_VERSION: '6', HOME: '/own' };
const kioslaverc = (type: number, more = '') =>
  `[Other]\nProxyType=2\n\n[Proxy Settings][$i]\nNoProxyFor=\nProxyType[$e]=${type}\n${more}\n[Last]\nProxyType=1\n`;
/** The value of Windows with the flags at their place. */
const connections = (flags: string) =>
  `    DefaultConnectionSettings    REG_BINARY    4600000012000000${flags}00000000000000\r\n`;
const none: NodeJS.ProcessEnv = {};

describe("the place of the computer's proxy script", () => {
  it.each<[string, NodeJS.Platform, NodeJS.ProcessEnv, Readonly<Record<string, string>>, ScriptPlace]>([
    ['the environment', 'linux', { auto_proxy: address }, {}, { address }],
    ['an empty value in the environment', 'linux', { auto_proxy: '' }, {}, named],
    ['nothing', 'linux', none, {}, null],
    [
      "GNOME's settings",
      'linux',
      { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME', auto_proxy: 'http://other.example/' },
      { 'proxy mode': "'auto'\n", 'autoconfig-url': `'${address}'\n` },
      { address },
    ],
    [
      "GNOME's settings without an address",
      'linux',
      { XDG_CURRENT_DESKTOP: 'GNOME' },
      { 'proxy mode': "'auto'\n", 'autoconfig-url': "''\n" },
      named,
    ],
    [
      "GNOME's settings without a script",
      'linux',
      { XDG_CURRENT_DESKTOP: 'GNOME', auto_proxy: address },
      { 'proxy mode': "'none'\n" },
      null,
    ],
    [
      "KDE's settings",
      'linux',
      { ...kde, auto_proxy: 'http://other.example/' },
      { '/own/.config/kioslaverc': kioslaverc(2, `Proxy Config Script = ${address}?a=b `) },
      { address: `${address}?a=b` },
    ],
    ["KDE's settings for the network to name it", 'linux', kde, { '/own/.config/kioslaverc': kioslaverc(3) }, named],
    ["KDE's settings without an address", 'linux', kde, { '/own/.config/kioslaverc': kioslaverc(2) }, named],
    [
      "KDE's settings for a proxy",
      'linux',
      { ...kde, auto_proxy: address },
      { '/own/.config/kioslaverc': kioslaverc(1, `Proxy Config Script=${address}`) },
      null,
    ],
    ["KDE's settings, which nobody has changed", 'linux', kde, {}, null],
    [
      "KDE's settings of the whole system",
      'linux',
      { ...kde, XDG_CONFIG_DIRS: '/first:/second' },
      {
        '/own/.config/kioslaverc': '[Other]\n',
        '/first/kioslaverc': kioslaverc(2, `Proxy Config Script=${address}`),
        '/second/kioslaverc': kioslaverc(3),
      },
      { address },
    ],
    [
      'an earlier KDE',
      'linux',
      { ...kde, KDE_SESSION_VERSION: '4' },
      { '/own/.config/kioslaverc': kioslaverc(3) },
      null,
    ],
    ['the registry', 'win32', none, { AutoConfigURL: `    AutoConfigURL    REG_SZ    ${address}\r\n` }, { address }],
    ['the flags in the registry', 'win32', none, { DefaultConnectionSettings: connections('09') }, named],
    ['the flags in the registry, switched off', 'win32', none, { DefaultConnectionSettings: connections('01') }, null],
    ['an empty registry', 'win32', none, {}, null],
    [
      'scutil',
      'darwin',
      none,
      { scutil: `  ProxyAutoConfigEnable : 1\n  ProxyAutoConfigURLString : ${address}\n` },
      { address },
    ],
    ['scutil, for the network to name it', 'darwin', none, { scutil: '  ProxyAutoDiscoveryEnable : 1\n' }, named],
    [
      'scutil, switched off',
      'darwin',
      none,
      { scutil: `  ProxyAutoConfigEnable : 0\n  ProxyAutoConfigURLString : ${address}\n` },
      null,
    ],
    ['a system that does not say', 'freebsd', { auto_proxy: address }, {}, null],
  ])('comes from %s', async (_from, platform, env, answers, found) => {
    const system = { run: saying(answers), read: (path: string) => answers[path] ?? '' };
    expect(await scriptPlace(system, platform, env)).toEqual(found);
  });
});

describe('the proxy script', () => {
  const text = 'function FindProxyForURL(url, host) { return "DIRECT"; }';
  const never = async (): Promise<string> => expect.unreachable();

  it('is loaded if it has an address, and not if the network names it', async () => {
    expect(await scriptAt({ address }, async () => text)).toEqual({ address, trouble: null });
    expect(await scriptAt({ address }, async () => '<html>')).toEqual({ address, trouble: 'not_a_script' });
    expect(await scriptAt({ address }, async () => Promise.reject(new Error('gone')))).toEqual({
      address,
      trouble: 'not_loaded',
    });
    expect(await scriptAt('named_by_network', never)).toEqual({ address: '', trouble: null, isUnseen: true });
    expect(await scriptAt(null, never)).toBeNull();
  });

  it.each(['file:///etc/proxy.pac', '/etc/proxy.pac', String.raw`C:\proxy.pac`, 'FILE:///etc/proxy.pac'])(
    'cannot be used as a file: %s',
    async (file) => {
      expect(await scriptAt({ address: file }, never)).toEqual({ address: file, trouble: 'in_a_file' });
    },
  );

  it.each(['ftp://wpad.example/x', 'data:,x', 'http://[', 'x'])('is not looked at elsewhere: %s', async (other) => {
    expect(await scriptAt({ address: other }, never)).toEqual({ address: other, trouble: null, isUnseen: true });
  });
});

describe('the text of a proxy script', () => {
  it.each([
    ['function FindProxyForURL(url, host) { return "DIRECT"; }', null],
    ['function FindProxyForURL(url, host) { return "DIRECT";', 'not_a_script'],
    ['var nothing = 1;', 'not_a_script'],
    ['<!doctype html><title>Sign in</title>', 'not_a_script'],
    ['', 'not_a_script'],
  ])('%j has the problem: %s', (text, trouble) => {
    expect(troubleOf(text)).toBe(trouble);
  });

  it('is never run', () => {
    expect(troubleOf('throw new Error("run"); function FindProxyForURL() {}')).toBeNull();
  });
});
