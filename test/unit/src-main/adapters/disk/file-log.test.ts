import { describe, expect, it } from 'vitest';
import { redact, thrownText } from '../../../../../src-main/adapters/disk/file-log.ts';

const secrets = {
  'a license token': 'eyJhbGciOiJFUzI1NiJ9.eyJzZXJ2ZXJfaWQiOiJzIn0.c2lnbmF0dXJlLXNpZ25hdHVyZS1zaWduYXR1cmU',
  'a refresh token of 43 characters': 'q3N0w8bJ2mVx1yRk7ZtLpAhUeCfGdSiOoPaQsWdEfRg',
  'a refresh token in hexadecimal digits': 'A1B2C3D4E5F60718293A4B5C6D7E8F90A1B2C3D4E5F60718293A4B5C6D7E8F90-1',
  'a base64 value': 'dGhpcyBpcyBhIHNlY3JldCB0aGF0IGlzIG5vdCBmb3IgbG9ncw==',
};

describe('E8: the log', () => {
  it.each(Object.entries(secrets))('%s is struck out, alone and in the middle', (_name, secret) => {
    for (const value of [secret, `token ${secret} end`, `a?b=${secret}&c`, `"${secret}"`]) {
      const line = redact({ value });
      expect(line).not.toContain(secret);
      expect(line).not.toContain(secret.slice(0, 24));
    }
  });

  it.each(Object.entries(secrets))('%s is struck out of what was thrown', (_name, secret) => {
    const thrown = new SyntaxError(`Unexpected token 'e', "${secret}" is not valid JSON`);
    const text = thrownText(thrown);
    expect(text).not.toContain(secret.slice(0, 24));
    expect(text).toContain('SyntaxError');
    expect(text.split('\n').length).toBe(thrown.stack?.split('\n').length);
    expect(thrownText(secret)).not.toContain(secret.slice(0, 24));
  });

  it('whatever is thrown is said', () => {
    expect(thrownText('no')).toBe('no');
    expect(thrownText(null)).toBe('no error, but null');
    for (const thrown of [undefined, 0, {}, Object.create(null)])
      expect(thrownText(thrown)).toBe(`no error, but ${typeof thrown}`);
  });

  it('what support needs is readable', () => {
    expect(
      redact({ method: 'POST', host: 'auth.example', path: '/token', result: 200, slow: false, absent: undefined }),
    ).toBe('method=POST host=auth.example path=/token result=200 slow=false');
  });

  it.each([
    '/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server',
    '/oauth2/device_authorization/request',
    'login.fusion-pos-authorization.example',
  ])('an address is readable: %s', (path) => {
    expect(redact({ path })).toBe(`path=${path}`);
  });

  it('one event is one line, whatever its fields hold', () => {
    expect(redact({ code: 'x\nwarn forged event=1\r\u0000\u001b[2J' })).not.toMatch(/\p{Cc}/u);
  });
});
