import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostIn, webAddress } from '../../../../../src-main/desktop/authorization-pane/shown-host.ts';

describe('the shown host of an address', () => {
  it.each([
    ['https://login.example.com/path?query', 'login.example.com'],
    ['https://login.example.com:8443/', 'login.example.com:8443'],
    ['https://accounts.google.com@evil.example.com/', 'evil.example.com'],
    ['https://user:word@evil.example.com/', 'evil.example.com'],
    ['https://\u0430pple.example.com/', 'xn--pple-43d.example.com'],
    ['https://b\u00fccher.example.com/', 'xn--bcher-kva.example.com'],
    ['mailto:a@b', 'mailto:'],
    ['not an address', ''],
  ])('for %s is %s', (address, host) => {
    expect(hostIn(address)).toBe(host);
  });

  it('is cut at its beginning if it is too long', () => {
    const shown = hostIn(`other://${'x'.repeat(10_000)}.evil.example.com/`);
    expect(shown).toMatch(/^…x+\.evil\.example\.com$/);
    expect(shown.length).toBeLessThan(275);
  });

  it('is always short and in ASCII', () => {
    const hosts = array(
      constantFrom('a', '.', '-', '@', ':', '%', '/', '?', '[', '\u0430', '\u00fc', '\u202e', 'x'.repeat(300)),
    );
    assert(
      property(hosts, (signs) => {
        for (const scheme of ['https', 'http', 'other']) {
          const shown = hostIn(`${scheme}://${signs.join('')}`);
          expect(shown.length).toBeLessThan(275);
          expect(shown).not.toContain('@');
          expect(shown).toMatch(/^…?[\x21-\x7e]*$/);
        }
      }),
      { numRuns: 200 },
    );
  });
});

it.each([
  ['https://auth.example.com/device', 'https://auth.example.com/device'],
  ['http://127.0.0.1:4455/', 'http://127.0.0.1:4455/'],
  ['about:blank', undefined],
  ['data:text/html,x', undefined],
  ['', undefined],
])('the address of the web page %s: %s', (address, href) => {
  expect(webAddress(address)?.href).toBe(href);
});
