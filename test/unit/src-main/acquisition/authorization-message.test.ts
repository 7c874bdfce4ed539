import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorizationMessage } from '../../../../src-main/acquisition/authorization-message.ts';
import type { UserCodeView } from '../../../../src-shared/license/acquisition-state.ts';
import { mailtoAddress } from '../../../../src-shared/support/mail-draft.ts';
import { nastyIn, nastySigns } from '../../../fakes/nasty-texts.ts';

const now = Date.UTC(2026, 10, 26, 13, 5);
const server = { serverName: 'Store 014', edition: 'store', issuer: 'https://auth.example/tenant' } as const;
const code: UserCodeView = {
  userCode: '482917035',
  verificationUri: 'https://auth.example/device',
  verificationUriComplete: 'https://auth.example/device?user_code=482917035',
  lifeSeconds: 300,
  remainingSeconds: 300,
};
const named = (serverName: string) => authorizationMessage({ ...server, serverName }, code, now);

describe('the message to head office', () => {
  it('names server, edition, code, both addresses and the end with its time zone, and asks to call back first', () => {
    const { subject, lines } = authorizationMessage(server, code, now);
    expect(subject).toBe('Please authorize the POS server Store 014');
    expect(lines).toEqual(
      expect.arrayContaining([
        'Server: Store 014',
        'Edition: Store',
        'Authorization server: auth.example',
        'User Code: 482917035',
        'Page: https://auth.example/device',
        'Page with the code filled in: https://auth.example/device?user_code=482917035',
      ]),
    );
    expect(lines.at(-1)).toMatch(
      /^This code expires at \d\d:\d\d on \w+, \d+ November 2026 \(GMT([+-]\d\d:\d\d)?\)\. If it has expired, ask the store for a new one\.$/,
    );
    expect(lines.join(' ')).toContain('call the store back on a number that you already know');
  });

  it('leaves out the second address if the server offers none, and warns of a different site', () => {
    const { verificationUriComplete: _left, ...plain } = code;
    expect(authorizationMessage(server, plain, now).lines.join()).not.toContain('filled in');
    expect(authorizationMessage(server, code, now).lines.join()).not.toContain('different site');
    expect(authorizationMessage(server, { ...code, otherSite: true }, now).lines.join()).toContain('different site');
  });

  it.each([
    'Store\r\nBcc: evil@b.example\r\n\r\nCall 555 0199',
    'Store&cc=evil@b.example&attach=/etc/passwd',
    '\u202Eerots\u2066\u200F',
    '🏪🎉'.repeat(50),
    'x'.repeat(500),
    ...Object.values(nastySigns),
  ])('has its usual number of lines and one subject with the server name %j', (serverName) => {
    const message = named(serverName);
    expect(message.lines).toHaveLength(named('Store 014').lines.length);
    for (const line of [message.subject, ...message.lines]) {
      expect(nastyIn(line)).toBeUndefined();
      expect(line.length).toBeLessThan(200);
    }
    const address = mailtoAddress({ to: '', ...message });
    if (address === null) expect.unreachable('a mail can be written');
    expect([...new URL(address).searchParams.keys()]).toEqual(['subject', 'body']);
  });

  it('has no control characters and one line for each fact, with any name', () => {
    const usual = named('Store 014').lines.length;
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (serverName) => {
        const { lines } = named(serverName);
        expect(lines).toHaveLength(usual);
        expect(lines.join('')).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
