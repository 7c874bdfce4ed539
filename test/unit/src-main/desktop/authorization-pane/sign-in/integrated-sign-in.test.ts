import type { WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import {
  IntegratedSignIn,
  noServer,
} from '../../../../../../src-main/desktop/authorization-pane/sign-in/integrated-sign-in.ts';

const page = 'https://sso.example.com/start';
type Hears = (answer: object) => void;

/** A view of a pane. `allowed` has each list that Chromium got. */
function viewAtHand(hosts: readonly string[] = []) {
  const allowed: string[] = [];
  let heard: Hears = () => {};
  const session = {
    allowNTLMCredentialsForDomains: (list: string) => void allowed.push(list),
    webRequest: { onResponseStarted: (_pages: object, hears: Hears) => (heard = hears) },
  };
  const signIn = new IntegratedSignIn();
  signIn.watch({ id: 7, session } as unknown as WebContents, hosts);
  const answer = (statusCode: number, offers: readonly string[], changed: object = {}) =>
    heard({ webContentsId: 7, url: page, statusCode, responseHeaders: { 'WWW-Authenticate': offers }, ...changed });
  return { signIn, allowed, answer };
}

describe('the integrated sign-in', () => {
  it('is offered to the named servers until the view is closed, and to none if none is named', () => {
    const { signIn, allowed } = viewAtHand(['sso.example.com', '*.corp.example']);
    signIn.leave();
    expect(allowed).toEqual(['sso.example.com,*.corp.example', noServer]);
    expect(viewAtHand().allowed).toEqual([noServer]);
    new IntegratedSignIn().leave();
  });

  it.each([
    [['Negotiate']],
    [['NTLM', 'Negotiate']],
    [['negotiate, ntlm']],
    [['Negotiate oYG2MIGzoAMKAQE=']],
    [['Bearer realm="x"', 'NTLM']],
  ])('explains a refusal by a server that offered %j', (offers) => {
    const { signIn, answer } = viewAtHand(['*.example.com']);
    answer(401, offers);
    expect(signIn.failureAt(page, false)).toMatchObject({
      code: 'integrated_sign_in',
      facts: { host: 'sso.example.com', named: 'yes' },
    });
    expect(signIn.failureAt('https://sso.example.com/other', false)).toBeNull();
  });

  it('reports whether a setting names the server, and whether there is a page', () => {
    const { signIn, answer } = viewAtHand(['other.example']);
    answer(401, ['Negotiate']);
    expect(signIn.failureAt(page, true)?.facts).toEqual({ host: 'sso.example.com', named: 'no', empty: 'yes' });
    signIn.leave();
    expect(signIn.failureAt(page, true)).toBeNull();
  });

  it.each<[string, number, readonly string[], object]>([
    ['a page', 200, ['Negotiate'], {}],
    ['a server that refuses for another reason', 403, ['Negotiate'], {}],
    ['a server that also takes a password', 401, ['Negotiate', 'Basic realm="x, NTLM"'], {}],
    ['a server that takes only a password', 401, ['Basic realm="Negotiate"'], {}],
    ['no scheme', 401, [], {}],
    ['the page of another view', 401, ['Negotiate'], { webContentsId: 8 }],
    ['no headers', 401, [], { responseHeaders: undefined }],
  ])('explains nothing about %s', (_name, status, offers, changed) => {
    const { signIn, answer } = viewAtHand();
    answer(status, offers, changed);
    expect(signIn.failureAt(page, false)).toBeNull();
  });

  it('forgets a refusal with the next page', () => {
    const { signIn, answer } = viewAtHand();
    answer(401, ['NTLM']);
    answer(200, []);
    expect(signIn.failureAt(page, false)).toBeNull();
  });
});
