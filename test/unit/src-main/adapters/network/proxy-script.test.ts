import { describe, expect, it, vi } from 'vitest';
import { type Run, scriptAddress, troubleOf } from '../../../../../src-main/adapters/network/proxy-script.ts';

vi.mock('electron', () => ({ app: {}, session: {} }));

/** Answers a program whose command line contains the key. */
const saying =
  (answers: Readonly<Record<string, string>>): Run =>
  async (...command) =>
    Object.entries(answers).find(([part]) => command.join(' ').includes(part))?.[1] ?? '';
const address = 'http://wpad.example/proxy.pac';

describe("the address of the computer's proxy script", () => {
  it.each<[string, NodeJS.Platform, NodeJS.ProcessEnv, Readonly<Record<string, string>>, string]>([
    ['the environment', 'linux', { auto_proxy: address }, {}, address],
    ['nothing', 'linux', {}, {}, ''],
    [
      "GNOME's settings",
      'linux',
      { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME', auto_proxy: 'http://other.example/' },
      { 'proxy mode': "'auto'\n", 'autoconfig-url': `'${address}'\n` },
      address,
    ],
    ["GNOME's settings without a script", 'linux', { XDG_CURRENT_DESKTOP: 'GNOME' }, { 'proxy mode': "'none'\n" }, ''],
    ['the registry', 'win32', {}, { AutoConfigURL: `    AutoConfigURL    REG_SZ    ${address}\r\n` }, address],
    ['an empty registry', 'win32', {}, {}, ''],
    [
      'scutil',
      'darwin',
      {},
      { scutil: `  ProxyAutoConfigEnable : 1\n  ProxyAutoConfigURLString : ${address}\n` },
      address,
    ],
    [
      'scutil, switched off',
      'darwin',
      {},
      { scutil: `  ProxyAutoConfigEnable : 0\n  ProxyAutoConfigURLString : ${address}\n` },
      '',
    ],
  ])('is taken from %s', async (_from, platform, env, answers, found) => {
    expect(await scriptAddress(saying(answers), platform, env)).toBe(found);
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
