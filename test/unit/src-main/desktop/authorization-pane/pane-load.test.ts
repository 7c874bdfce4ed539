import { assert, boolean, constantFrom, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  loadFailure,
  type LandedPage,
  pageFailure,
  PaneLoad,
} from '../../../../../src-main/desktop/authorization-pane/pane-load.ts';
import type { Failure } from '../../../../../src-shared/result.ts';
import { words } from '../../../../../src-shared/words/words.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../../fakes/hand-timer.ts';

const address = 'https://auth.example.com/start';
const saidOf = (failure: Failure | null) => failure && words.failureWords(failure);

describe('the message for an answer', () => {
  test.each<[name: string, page: Omit<LandedPage, 'address'>, headline: string | null]>([
    ['a start page', { isStart: true, status: 200, isEmpty: false }, null],
    ['one from a cache', { isStart: true, status: 304, isEmpty: false }, null],
    ['a sign-in page that is sent with 401', { isStart: true, status: 401, isEmpty: false }, null],
    ['a sign-in page that is sent with 403', { isStart: true, status: 403, isEmpty: false }, null],
    ['an empty 401', { isStart: true, status: 401, isEmpty: true }, 'The start page was refused'],
    ['an empty 403', { isStart: true, status: 403, isEmpty: true }, 'The start page was refused'],
    ['an empty 404', { isStart: true, status: 404, isEmpty: true }, 'There is no start page here'],
    ['a 404 with its own page', { isStart: true, status: 404, isEmpty: false }, 'There is no start page here'],
    ['a page that is gone', { isStart: true, status: 410, isEmpty: false }, 'There is no start page here'],
    ['a bad request', { isStart: true, status: 400, isEmpty: false }, 'The start page was refused'],
    ['too many requests', { isStart: true, status: 429, isEmpty: false }, 'The start page was refused'],
    ['a failing server', { isStart: true, status: 500, isEmpty: false }, 'The start page does not work right now'],
    [
      'a gateway without a server',
      { isStart: true, status: 502, isEmpty: true },
      'The start page does not work right now',
    ],
    ['an unavailable server', { isStart: true, status: 503, isEmpty: false }, 'The start page does not work right now'],
    ['an empty document', { isStart: true, status: 200, isEmpty: true }, 'The start page is empty'],
    ['nothing at all', { isStart: true, status: null, isEmpty: true }, 'The start page is empty'],
    ['a later page', { isStart: false, status: 200, isEmpty: false }, null],
    ['a later page that leads on', { isStart: false, status: 200, isEmpty: true }, null],
    ['a wrong password, said with 400', { isStart: false, status: 400, isEmpty: false }, null],
    ['an error page in the middle', { isStart: false, status: 500, isEmpty: false }, null],
    ['a later page that is missing', { isStart: false, status: 404, isEmpty: true }, 'There is no page here'],
    ['a later page that fails', { isStart: false, status: 500, isEmpty: true }, 'The page does not work right now'],
  ])('depends on the page and the status: %s', (_name, page, headline) => {
    const failure = pageFailure({ address, ...page });
    expect(saidOf(failure)?.headline ?? null).toBe(headline);
    if (!failure) return;
    expect(failure.code).toBe('page_unusable');
    expect(saidOf(failure)?.meaning).toContain('auth.example.com');
    if (page.status !== null && page.status >= 400) expect(saidOf(failure)?.meaning).toContain(`status ${page.status}`);
  });

  test('covers a start page if it is empty or has an error status, and no other', () => {
    assert(
      property(integer({ min: 100, max: 999 }), boolean(), (status, isEmpty) => {
        const failure = pageFailure({ address, isStart: true, status, isEmpty });
        if (isEmpty) expect(failure).not.toBeNull();
        if (failure && !isEmpty) expect(status).toBeGreaterThanOrEqual(400);
        if (failure) expect(saidOf(failure)?.headline).not.toContain('undefined');
      }),
    );
  });
});

describe('the failure for a network error', () => {
  test.each([
    ['ERR_CONNECTION_REFUSED', 'network_unreachable', 'refused'],
    ['ERR_NAME_NOT_RESOLVED', 'network_unreachable', 'name_unknown'],
    ['ERR_INTERNET_DISCONNECTED', 'network_unreachable', 'no_network'],
    ['ERR_EMPTY_RESPONSE', 'network_unreachable', undefined],
    ['ERR_CONNECTION_RESET', 'network_unreachable', undefined],
    ['ERR_CONNECTION_TIMED_OUT', 'request_timeout', undefined],
    ['ERR_TIMED_OUT', 'request_timeout', undefined],
    ['ERR_TOO_MANY_REDIRECTS', 'unexpected_redirect', undefined],
    ['ERR_CERT_AUTHORITY_INVALID', 'certificate_untrusted', undefined],
    ['ERR_TUNNEL_CONNECTION_FAILED', 'proxy_refused', undefined],
    ['ERR_PROXY_AUTH_REQUESTED', 'proxy_sign_in', undefined],
    ['ERR_BLOCKED_BY_CLIENT', 'address_not_allowed', undefined],
    ['ERR_HTTP_RESPONSE_CODE_FAILURE', 'page_unusable', undefined],
  ])('for %s is %s', (description, code, cause) => {
    for (const isStart of [true, false]) {
      const failure = loadFailure(description, address, isStart);
      expect(failure).toMatchObject({ code, facts: { host: 'auth.example.com' } });
      expect(failure?.facts?.['cause']).toBe(cause);
    }
  });

  test('says for the log what the network did', () => {
    expect(loadFailure('ERR_CONNECTION_RESET', address, true)?.facts).toMatchObject({
      net_error: 'net::ERR_CONNECTION_RESET',
    });
  });

  test.each([
    ['ERR_PROXY_AUTH_UNSUPPORTED', 'sign_in', 'asks for a sign-in'],
    ['ERR_NO_SUPPORTED_PROXIES', 'kind', 'SOCKS5 proxies only'],
  ])('for %s names what the pane cannot use about the proxy: %s', (description, reason, words) => {
    const failure = loadFailure(description, address, true);
    expect(failure).toMatchObject({ code: 'proxy_unsupported', facts: { host: 'auth.example.com', reason } });
    expect(failure && saidOf(failure)?.meaning).toContain(words);
  });

  test('does not exist for a load that another one has replaced', () => {
    expect(loadFailure('ERR_ABORTED', address, true)).toBeNull();
  });
});

describe('a load', () => {
  const opened = () => {
    const timer = new HandTimer(new FakeClock());
    const late: Failure[] = [];
    return { timer, late, load: new PaneLoad(timer, (reason) => late.push(reason)) };
  };

  test('is judged once after it lands, and leaves no timer', () => {
    const { load, timer } = opened();
    load.begin(address, true);
    expect(load.seeksStart).toBe(true);
    load.landed(address, 404);
    const page = load.unread ?? 0;
    expect(load.read(page, false)).toMatchObject({ facts: { page: 'start', status: '404' } });
    expect(load.read(page, false)).toBeNull();
    expect(load.stopped()).toBeNull();
    expect(timer.count).toBe(0);
  });

  test('of a start page is judged at the address where it lands', () => {
    const { load } = opened();
    load.begin(address, true);
    load.landed('https://login.example.com/', 503);
    expect(load.read(load.unread ?? 0, false)).toMatchObject({ facts: { page: 'start', host: 'login.example.com' } });
  });

  test('is not judged by the content of an earlier page', () => {
    const { load } = opened();
    load.begin(address, true);
    load.landed(address, 200);
    const first = load.unread ?? 0;
    load.begin(address, true);
    load.landed(address, 200);
    expect(load.read(first, true)).toBeNull();
    expect(load.read(load.unread ?? 0, true)).toMatchObject({ facts: { empty: 'yes' } });
  });

  test('that stops without a page is a failure for a start page only', () => {
    const { load } = opened();
    load.begin(address, true);
    expect(load.stopped()).toMatchObject({ code: 'page_unusable', facts: { page: 'start', empty: 'yes' } });
    load.begin(address, false);
    expect(load.stopped()).toBeNull();
  });

  test('of a start page times out after 30 s, and is reported once', async () => {
    const { load, timer, late } = opened();
    load.begin(address, false);
    await timer.advance(600_000);
    expect(late).toEqual([]);
    load.begin(address, true);
    await timer.advance(29_999);
    expect(late).toEqual([]);
    await timer.advance(1);
    expect(late).toMatchObject([{ code: 'request_timeout', facts: { host: 'auth.example.com' } }]);
    expect(load.stopped()).toBeNull();
    await timer.advance(600_000);
    expect(late).toHaveLength(1);
  });

  test('leaves no timer, however it ends', () => {
    assert(
      property(constantFrom('landed', 'failed', 'stopped', 'end', 'begin'), (how) => {
        const { load, timer } = opened();
        load.begin(address, true);
        if (how === 'landed') load.landed(address, 200);
        else if (how === 'failed') load.failed('ERR_CONNECTION_REFUSED', address);
        else if (how === 'begin') load.begin('https://auth.example.com/device', false);
        else load[how]();
        expect(timer.count).toBe(0);
      }),
    );
  });
});
