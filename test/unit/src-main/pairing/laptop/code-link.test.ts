import { describe, expect, it } from 'vitest';
import { nastySigns } from '../../../../fakes/nasty-texts.ts';
import { serverReport } from '../../../../fakes/pairing-scene.ts';
import { linkOf, withReadableCode } from '../../../../../src-main/pairing/laptop/code-link.ts';

const places = ['auth.example:443', 'device.example:8443'];
const page = 'https://auth.example/d';
const found = (verificationUri: string, verificationUriComplete?: string, userCode = 'ABCD-1234') => {
  const complete = verificationUriComplete === undefined ? {} : { verificationUriComplete };
  return linkOf({ state: 'awaiting_authorization', userCode, verificationUri, ...complete }, places);
};

describe('the link that fills in the User Code', () => {
  it.each([
    ['as it is', `${page}?user_code=ABCD-1234`],
    ['without the dash', `${page}?c=ABCD1234`],
    ['in small letters, with a space', `${page}?c=abcd%201234`],
  ])('is used if it contains the code that the person sees: %s', (_name, complete) => {
    expect(found(page, complete)).toEqual({ address: complete, userCode: 'ABCD-1234', filledIn: true });
  });

  it('may repeat the parameters of the plain link', () => {
    const complete = 'https://device.example:8443/d?lang=en&user_code=ABCD-1234';
    expect(found('https://device.example:8443/d?lang=en', complete)).toMatchObject({ address: complete });
  });

  it.each([
    ['with another code', `${page}?user_code=WXYZ-6789`],
    ['with another code and this one', `${page}?user_code=WXYZ-6789&x=ABCD-1234`],
    ['with this code and an order', `${page}?user_code=ABCD-1234&confirm=1`],
    ['with the code in part', `${page}?user_code=ABCD-12345`],
    ['without a code', page],
    ['with the code in the fragment', `${page}#ABCD-1234`],
    ['with another fragment', `${page}?user_code=ABCD-1234#/revoke`],
    ['on another page', 'https://auth.example/revoke?user_code=ABCD-1234'],
    ['on another host of the issuer', 'https://device.example:8443/d?user_code=ABCD-1234'],
    ['on another host', 'https://evil.example/d?user_code=ABCD-1234'],
    ['with a user', 'https://a@auth.example/d?user_code=ABCD-1234'],
    ['with a password', 'https://:b@auth.example/d?user_code=ABCD-1234'],
    ['without https', 'http://auth.example/d?user_code=ABCD-1234'],
    ['that is no address', '//'],
  ])('is replaced by the plain link: %s', (_name, complete) => {
    expect(found(page, complete)).toEqual({ address: page, userCode: 'ABCD-1234', filledIn: false });
  });

  it('does not exist without a plain link that may be opened', () => {
    expect(found('https://evil.example/d', `${page}?user_code=ABCD-1234`)).toBeNull();
    expect(found('http://auth.example/d', `${page}?user_code=ABCD-1234`)).toBeNull();
    expect(found(page, `${page}?user_code=`, '')).toBeNull();
    expect(linkOf({ state: 'awaiting_authorization', verificationUri: page }, places)).toBeNull();
  });
});

describe('a User Code in a report', () => {
  const codeOf = (userCode: string) =>
    withReadableCode(serverReport({ acquisition: { state: 'awaiting_authorization', userCode } })).acquisition;

  it.each(['WDJB-MJHT', '123 456', 'ÄÖÜ-ß1', 'x'.repeat(40)])('is kept if a person can read it: %s', (userCode) => {
    expect(codeOf(userCode)).toEqual({ state: 'awaiting_authorization', userCode });
  });

  it('may be absent', () => {
    const report = serverReport({ acquisition: { state: 'idle' } });
    expect(withReadableCode(report)).toBe(report);
  });

  it.each<[string, string]>([
    ['too long', 'x'.repeat(41)],
    ['empty', ''],
    ['without letters or digits', '---'],
    ...Object.entries(nastySigns).map(([name, signs]): [string, string] => [name, `WDJB${signs}MJHT`]),
  ])('is left out if it is not a User Code: %s', (_name, userCode) => {
    expect(codeOf(userCode)).toEqual({ state: 'awaiting_authorization' });
  });
});
