import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, property, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandNames } from '../../../../src-main/commands/command-table.ts';
import { refusedStart, type StartedBy } from '../../../../src-main/start/start-switches.ts';
import { optionsOf } from '../../../fakes/options-of.ts';

const account: StartedBy = { platform: 'linux', env: {}, isRoot: false };
const refusedOf = (args: readonly string[], by: Partial<StartedBy> = {}) =>
  refusedStart(['/opt/console', ...args], { ...account, ...by })?.names ?? [];

describe('a packaged console starts with', () => {
  it.each([
    ['nothing', []],
    ['a preset', ['--authorization-server=https://auth.example.com', '--edition=store', '--server-name=Store 014']],
    ['the service', ['--background', '--ozone-platform=headless']],
    [
      'the launcher of Linux',
      ['--ozone-platform=headless', '--disable-gpu', '--log-level=3', '--', '--command', 'status'],
    ],
    [
      'what the launcher of Windows adds',
      ['--disable-gpu', '--log-level=3', '--', '--terminal-columns=80', '--command'],
    ],
    ['another folder', ['--user-data-dir=/tmp/a']],
    ['a command without the marker', ['status', '--json', '--server=Store 014']],
    ['anything after the end of the switches', ['--', '--command', 'verify', '--remote-debugging-port=9222']],
    ['words that are not switches', ['-', '']],
  ])('%s', (_name, args) => {
    expect(refusedOf(args)).toEqual([]);
  });

  it('every option of every command, also without the marker', () => {
    const options = commandNames.flatMap(optionsOf);
    expect(options.length).toBeGreaterThan(20);
    expect(refusedOf(['status', ...options, '--help', '-h', '--version'])).toEqual([]);
  });

  it.each([
    'src-main/installer/linux-launcher.sh',
    'src-main/installer/macos-launcher.sh',
    'src-main/commands/README.md',
  ])('each switch that %s gives it', (file) => {
    const text = readFileSync(join(import.meta.dirname, '../../../..', file), 'utf8');
    const given = text
      .split('\n')
      .filter((line) => /\$program"|MacOS\/|AppImage --|fusion-license-console --/.test(line));
    const switches = given.flatMap((line) => line.match(/(?<=\s)--[a-z][\w-]*(?:=[\w./:-]+)?/g) ?? []);
    expect(switches.length).toBeGreaterThan(1);
    expect(refusedOf(switches)).toEqual([]);
  });

  it('the switch that old versions of macOS add, only on macOS', () => {
    expect(refusedOf(['-psn_0_12345'], { platform: 'darwin' })).toEqual([]);
    expect(refusedOf(['-psn_0_12345'])).toEqual(['-psn_0_12345']);
  });

  it('--no-sandbox, only as root, since Chromium does not start otherwise', () => {
    expect(refusedOf(['--no-sandbox'], { isRoot: true })).toEqual([]);
    expect(refusedOf(['--no-sandbox'])).toEqual(['--no-sandbox']);
  });
});

describe('a packaged console does not start with', () => {
  it.each([
    '--ignore-certificate-errors',
    '--ignore-certificate-errors-spki-list=abc',
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--inspect',
    '--host-rules=MAP * 127.0.0.1',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--proxy-server=http://127.0.0.1:8080',
    '--proxy-pac-url=http://example.com/a.pac',
    '--disable-web-security',
    '--disable-site-isolation-trials',
    '--disable-features=IsolateOrigins',
    '--enable-features=WebTransport',
    '--allow-running-insecure-content',
    '--unsafely-treat-insecure-origin-as-secure=http://a.example.com',
    '--ssl-key-log-file=/tmp/keys',
    '--log-net-log=/tmp/net.json',
    '--js-flags=--allow-natives-syntax',
    '--renderer-cmd-prefix=gdb',
    '--load-extension=/tmp/a',
    '--auth-server-allowlist=*',
    '--password-store=basic',
    '--enable-logging',
    '--single-process',
  ])('%s in any spelling', (text) => {
    const name = text.replace(/=.*/, '');
    expect(refusedOf([text])).toEqual([name]);
    expect(refusedOf([`  ${text} `])).toEqual([name]);
    expect(refusedOf([text.slice(1)])).toEqual([name.slice(1)]);
    expect(refusedOf(['status', text])).toEqual([name]);
    expect(refusedOf([text, '--', '--command', 'status'])).toEqual([name]);
    expect(refusedOf(['--command', 'status', text])).toEqual([name]);
    expect(refusedOf([`/${name.slice(2)}`], { platform: 'win32' })).toEqual([`/${name.slice(2)}`]);
    expect(refusedOf([name.toUpperCase()], { platform: 'win32' })).toEqual([name.toUpperCase()]);
  });

  it('any switch that is not on the list', () => {
    const name = stringMatching(/^[a-z][a-z-]{20,30}$/);
    assert(
      property(name, (one) => {
        expect(refusedOf([`--${one}`, '--background'])).toEqual([`--${one}`]);
      }),
    );
  });

  it.each([
    ['SSLKEYLOGFILE', '/tmp/keys'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
    ['NODE_DEBUG', 'http'],
    ['ELECTRON_ENABLE_LOGGING', '1'],
  ])('the environment variable %s=%s', (name, value) => {
    const refused = refusedStart(['console'], { ...account, env: { [name]: value } });
    expect(refused).toMatchObject({ failure: { code: 'variable_refused', facts: { names: name } }, names: [name] });
    expect(refusedStart(['console'], { ...account, env: { [name]: '' } })).toBeUndefined();
  });

  // Both are removed before the reason is shown.
  it('switches and a variable together, and the failure names the switches', () => {
    const args = ['console', '--inspect', '--background', '--proxy-server=http://127.0.0.1:8080'];
    const refused = refusedStart(args, { ...account, env: { SSLKEYLOGFILE: '/tmp/keys', LANG: 'C' } });
    expect(refused).toMatchObject({
      failure: { code: 'switch_refused', facts: { names: '--inspect, --proxy-server' } },
      names: ['--inspect', '--proxy-server', 'SSLKEYLOGFILE'],
    });
  });
});
