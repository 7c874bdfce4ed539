import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressesToTry, readAddress } from '../../../../src-shared/servers/authorization-server-address.ts';
import { words } from '../../../../src-shared/words/words.ts';
import { tries } from '../../../fakes/tries.ts';

const address = 'https://auth.example.com';

describe('an address that a person pasted', () => {
  test.each([
    [address, address, []],
    [` ${address} `, address, []],
    [`${address}/`, `${address}/`, []],
    [`${address}/realms/shops`, `${address}/realms/shops`, []],
    ['auth.example.com', address, ['https_added']],
    ['www.auth.example.com', 'https://www.auth.example.com', ['https_added']],
    ['//auth.example.com', address, ['https_added']],
    ['auth.example.com.', address, ['https_added', 'trimmed']],
    [`${address}.`, address, ['trimmed']],
    [`${address}./device`, `${address}/device`, ['trimmed']],
    [`"${address}"`, address, ['trimmed']],
    [`“auth.example.com”,`, address, ['https_added', 'trimmed']],
    [`<${address}>`, address, ['trimmed']],
    [`${address}\r\n`, address, []],
    [`https://auth.\n example.com`, address, ['trimmed']],
    [`\u200b${address}\ufeff`, address, ['trimmed']],
    [`The address is ${address}.`, address, ['trimmed']],
    ['auth . example . com', address, ['https_added', 'trimmed']],
    ['http://auth.example.com', address, ['secured']],
    ['HTTP://auth.example.com/realms/x', `${address}/realms/x`, ['secured']],
    ['https:/auth.example.com', address, ['repaired']],
    ['https//auth.example.com', address, ['repaired']],
    ['https:\\\\auth.example.com', address, ['repaired']],
    ['\\\\auth.example.com', address, ['https_added', 'repaired']],
    ['https://https://auth.example.com', address, ['repaired']],
    ['http://https://auth.example.com/x', `${address}/x`, ['repaired']],
    ['ｈｔｔｐｓ：／／ａｕｔｈ．ｅｘａｍｐｌｅ．ｃｏｍ', address, ['repaired']],
    ['auth．example．com', address, ['https_added', 'repaired']],
    ['2001:db8::1', 'https://[2001:db8::1]', ['https_added', 'repaired']],
    ['[2001:db8::1]:8443/x', 'https://[2001:db8::1]:8443/x', ['https_added']],
    ['http://auth.example.com:80/x', `${address}/x`, ['secured']],
    ['http://auth.example.com:443', `${address}:443`, ['secured']],
    ['auth.example.com:80', address, ['https_added']],
    [`URL:${address}`, address, ['trimmed']],
    [`<URL:${address}>`, address, ['trimmed']],
    [`view-source:${address}`, address, ['trimmed']],
    [`{"issuer":"${address}","x":1}`, address, ['trimmed']],
    [`<a href="${address}/device">sign in</a>`, `${address}/device`, ['trimmed']],
    [`[Sign in](${address})`, address, ['trimmed']],
    [`[${address}]`, address, ['trimmed']],
    ['{auth.example.com}', address, ['https_added', 'trimmed']],
    [`‹${address}›`, address, ['trimmed']],
    [`‚${address}‘`, address, ['trimmed']],
    [`＂${address}＂`, address, ['repaired', 'trimmed']],
    [`${address}…`, address, ['trimmed']],
    [`${address} –`, address, ['trimmed']],
    ['auth.example.com。', address, ['https_added', 'trimmed']],
    [`${address} ${address}/`, address, ['trimmed']],
    [`${address}${address}/`, address, ['trimmed']],
    [`auth.example.com (${address})`, address, ['https_added', 'trimmed']],
    [`Open ${address}/device and enter 123.456.789.`, `${address}/device`, ['trimmed']],
    [`${address}/?next=https://other.example.com/`, `${address}/`, ['trimmed']],
    [`${address}/.well-known/openid-configuration`, address, ['trimmed']],
    [`${address}/realms/x/.well-known/openid-configuration`, `${address}/realms/x`, ['trimmed']],
    [`${address}/.well-known/oauth-authorization-server/realms/x`, `${address}/realms/x`, ['trimmed']],
    [`${address}/device?user_code=WDJB-MJHT#top`, `${address}/device`, ['trimmed']],
    [`${address}/?tenant=1`, `${address}/`, ['trimmed']],
    ['localhost:4455', 'http://localhost:4455', ['http_added']],
    ['http://127.0.0.1:4455', 'http://127.0.0.1:4455', []],
    ['http://[::1]:4455', 'http://[::1]:4455', []],
  ])('%j: %j, %j', (typed, expected, changes) => {
    expect(readAddress(typed)).toEqual({ address: expected, changes, isEmail: false });
  });

  test.each(['me@example.com', ' mailto:me@example.com ', '<me@auth.example.com>', '"Me" <me@example.com>'])(
    '%j is an e-mail address',
    (typed) => {
      expect(readAddress(typed)).toMatchObject({ changes: [], isEmail: true });
    },
  );

  test.each([
    '',
    'two words',
    'one.example.com two.example.com',
    'https://one.example.comhttps://two.example.com',
    'C:\\Users\\me\\license.txt',
    'c:/Users/me/license.txt',
    'ftp://auth.example.com',
    'javascript:alert(1)',
    'https://',
    'http://192.0.2.7:8080',
    'https://me:secret@auth.example.com',
  ])('%j is not understood, and stays as it is', (typed) => {
    expect(readAddress(typed)).toEqual({ address: typed, changes: [], isEmail: false });
  });

  test('the form names each change to the address, and the new address', () => {
    const said = (typed: string) => words.profileForm.addressRead(readAddress(typed));
    expect(said('auth.example.com')).toBe(`The console added https://. The address is now ${address}`);
    expect(said('https//auth.example.com')).toBe(
      `The console corrected what was mistyped. The address is now ${address}`,
    );
    expect(said('localhost:4455')).toBe('The console added http://. The address is now http://localhost:4455');
    expect(said('"http://auth.example.com"')).toBe(
      `The console changed http:// to https:// and removed the text around the address. The address is now ${address}`,
    );
  });

  test('any text that is read again stays the same, and its host never changes', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .tuple(fc.constantFrom('', ' ', '"', 'http://', 'https://', 'go to '), fc.domain(), fc.webPath())
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const read = readAddress(text);
        expect(readAddress(read.address)).toMatchObject({ address: read.address, changes: [] });
        if (read.changes.length > 0)
          expect(text.normalize('NFKC').replace(/[\s\p{Cc}\p{Cf}]/gu, '')).toContain(
            read.address
              .normalize('NFKC')
              .replace(/^https?:\/\//, '')
              .split('/')[0],
          );
        else expect(read.address).toBe(text.trim());
      }),
      { numRuns: tries(1000) },
    );
  });
});

describe('the addresses to try for an Authorization server', () => {
  test.each([
    [address, [address]],
    [`${address}/`, [`${address}/`]],
    [`${address}/realms/x/device`, [`${address}/realms/x/device`, `${address}/realms/x`, `${address}/realms`, address]],
    ['https://www.auth.example.com', ['https://www.auth.example.com', address]],
    ['two words', ['two words']],
  ])('%j: %j', (given, expected) => {
    expect(addressesToTry(given)).toEqual(expected);
  });

  test('a long path leads to only a few tries', () => {
    expect(addressesToTry(`${address}/${'a/'.repeat(50)}`).length).toBeLessThanOrEqual(6);
  });
});
