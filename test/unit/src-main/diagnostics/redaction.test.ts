import { describe, expect, it } from 'vitest';
import { type RedactionFacts, redactedLine } from '../../../../src-main/diagnostics/redaction.ts';

const none = { home: '', plain: [] };
const redacted = (line: string, facts: Partial<RedactionFacts> = {}) => redactedLine(line, { ...none, ...facts });

const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJzdG9yZS0wMTQifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg';
const opaque = 'rT7pQ2mX9vK4sL8wB1nZ6dF3';
const password = 'pa55/wörd+x';
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a line without secrets', () => {
  it.each([
    'Operating system: linux 6.8.0 x64',
    'Data folder: ~/.config/fusion-license-console',
    'issuer: https://auth.example.com/realms/pos',
    'token.state: fine',
    'token.expires_at: 2026-12-01T09:00:00.000Z',
    'last_failure.code: invalid_grant',
    'last_failure.net_error: net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH',
    'Authorization server: Works. It answers. [proxy_sign_in]',
    'A proxy that wants a name and a password (Basic): the console asks.',
    'Tokens are bound by DPoP proofs.',
    'License: Works. Licensed. License token: Until Saturday, 5 December 2026, 12:35.',
    'server_id: register-0142-of-store-014',
    '{"time":"2026-11-29T21:40:07.120Z","level":"info","run":"9c41f0aa","area":"server","event":"token_refresh","op":12,"path":"/token"}',
    'at processTicksAndRejections (node:internal/process/task_queues:95:5)',
    '2026-11-29 21:40:07,2026-11-29T21:40:07.120Z,,1,License acquired,"Server ID store-014, valid until 2027",,',
  ])('stays as it is: %s', (line) => {
    expect(redacted(line)).toBe(line);
  });

  it('keeps known texts that are not secret, alone and within other text', () => {
    const id = '3f2b1c9e-8a7d-4e6f-9b0a-1c2d3e4f5a6b';
    expect(redacted(`license.${id}.json`, { plain: [id] })).toBe(`license.${id}.json`);
    expect(redacted(`license.${id}.json`)).not.toContain(id);
  });
});

describe('a secret with a known text in it', () => {
  it.each(['rT7pQ2mX9readK4sL8wB1nZ6', 'readT7pQ2mX9vK4sL8wB1nZ6', 'rT7pQ2mX9vK4sL8wB1nZread'])(
    'is still a secret: %s',
    (secret) => {
      expect(redacted(`got ${secret}.`, { plain: ['read', 'store'] })).not.toContain(secret);
    },
  );
});

describe('a secret is removed', () => {
  const cases: readonly [where: string, line: string, secret: string][] = [
    ['alone', `Error: ${token}`, token],
    ['as an opaque text', `got ${opaque}.`, opaque],
    ['in hexadecimal', 'got 9f86d081884c7d659a2feaa0c55ad015.', '9f86d081884c7d659a2feaa0c55ad015'],
    ['as the name of a member', `{"a":{"${opaque}":1}}`, opaque],
    ['in a query', `GET https://auth.example/token?refresh_token=short1&x=2 failed`, 'short1'],
    ['in a query without a name', 'GET https://auth.example/activate?WDJBMJHT', 'WDJBMJHT'],
    ['in a fragment', 'https://auth.example/cb#code=abc12', 'abc12'],
    ['in the query of a path', '"path":"/token?device_code=short2"', 'short2'],
    ['as the password of an address', 'http://clerk:hunter2@proxy.example:8080/', 'hunter2'],
    ['as the password of a proxy without a scheme', 'proxy clerk:hunter2@proxy.example', 'hunter2'],
    ['in an Authorization header', `Authorization: Bearer ${opaque}`, opaque],
    ['in a short Authorization header', 'authorization: "Basic eDp5"', 'eDp5'],
    ['after the name of its scheme', `header was: Basic ${base64('u:p')}`, base64('u:p')],
    ['in a cookie', 'Set-Cookie: sid=abcdef; Path=/', 'abcdef'],
    ['after its name', 'client_secret=short3', 'short3'],
    ['after its name, as a word', 'Password: hunter', 'hunter'],
    ['after its name, as a short token', 'refresh_token: abc12', 'abc12'],
    ['after its name, quoted', `{"password": "${password}"`, password],
    ['after its name in quoted JSON', String.raw`body {\"refresh_token\":\"short 4\",\"a\":1}`, 'short 4'],
    ['as a member', '{"a":{"client_secret":"short5"}}', 'short5'],
    ['as a member that is a number', '{"user_code":123456789}', '123456789'],
    ['in a text of a JSON line, with a quote in it', JSON.stringify({ stack: 'x {"password":"ab\\"cd"}' }), 'cd'],
    ['in base64', `x=${base64(`refresh: ${opaque}`)}`, base64(opaque).slice(0, 12)],
    ['percent-encoded', `body=${encodeURIComponent(`${opaque}+/=`)}`, opaque],
    ['as the key of a JWK', '{"kty":"EC","d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}', '870MB6gfuTJ4'],
    ['as a line of a PEM file', 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg', 'MIGHAgEAMBMGByqGSM49'],
    ['with a character in it that nobody sees', `x ${opaque.slice(0, 12)}\u200B${opaque.slice(12)}`, opaque.slice(12)],
    ['with an escaped one', JSON.stringify({ a: `${opaque.slice(0, 12)}\u200B${opaque.slice(12)}` }), opaque.slice(12)],
    ['at the end of a long line', `${'a '.repeat(10_000)}${opaque}`, opaque],
  ];

  it.each(cases)('%s', (_where, line, secret) => {
    expect(line).toContain(secret);
    expect(redacted(line)).not.toContain(secret);
  });

  it('while the rest of its line stays readable', () => {
    expect(redacted(`GET https://auth.example/token?a=${opaque} answered 400`)).toBe(
      'GET https://auth.example/token?[removed] answered 400',
    );
    expect(redacted('http://clerk:hunter2@proxy.example:8080/')).toBe('http://[removed]@proxy.example:8080/');
    expect(JSON.parse(redacted('{"event":"x","stack":"Error: password=hunter2\\n at a.js:1"}'))).toEqual({
      event: 'x',
      stack: 'Error: password=[removed]\nat a.js:1',
    });
  });
});

describe('the home folder', () => {
  it.each([
    ['/home/anna', '/home/anna/.config/x', '~/.config/x'],
    ['/home/anna', 'in /home/anna', 'in ~'],
    ['/home/anna', 'file:///home/anna/x', 'file://~/x'],
    ['/home/an', '/home/anna/x', '/home/anna/x'],
    ['C:\\Users\\Anna B', 'c:\\users\\anna b\\AppData', '~\\AppData'],
    ['C:\\Users\\Anna B', 'file:///C:/Users/Anna%20B/x', 'file:///~/x'],
    ['C:\\Users\\Anna B', String.raw`{"a":"C:\\Users\\Anna B\\x"}`, String.raw`{"a":"~\\x"}`],
    ['/', '/a/b', '/a/b'],
    ['', '/a/b', '/a/b'],
  ])('%s: %s', (home, line, says) => {
    expect(redacted(line, { home })).toBe(says);
  });
});
