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

describe('what the pane shows of an answer', () => {
  test.each<[name: string, page: Omit<LandedPage, 'address'>, headline: string | null]>([
    ['a start page', { isStart: true, status: 200, isEmpty: false }, null],
    ['one that a cache has', { isStart: true, status: 304, isEmpty: false }, null],
    ['a sign-in page that is sent with 401', { isStart: true, status: 401, isEmpty: false }, null],
    ['a sign-in page that is sent with 403', { isStart: true, status: 403, isEmpty: false }, null],
    ['an empty 401', { isStart: true, status: 401, isEmpty: true }, 'The start page was refused'],
    ['an empty 403', { isStart: true, status: 403, isEmpty: true }, 'The start page was refused'],
    ['an empty 404', { isStart: true, status: 404, isEmpty: true }, 'There is no start page here'],
    ['a 404 with a page of its own', { isStart: true, status: 404, isEmpty: false }, 'There is no start page here'],
    ['a page that is gone', { isStart: true, status: 410, isEmpty: false }, 'There is no start page here'],
    ['a bad request', { isStart: true, status: 400, isEmpty: false }, 'The start page was refused'],
    ['too many requests', { isStart: true, status: 429, isEmpty: false }, 'The start page was refused'],
    ['a failing server', { isStart: true, status: 500, isEmpty: false }, 'The start page does not work right now'],
    [
      'a gateway without a server',
      { isStart: true, status: 502, isEmpty: true },
      'The start page does not work right now',
    ],
    ['a pause', { isStart: true, status: 503, isEmpty: false }, 'The start page does not work right now'],
    ['an empty document', { isStart: true, status: 200, isEmpty: true }, 'The start page is empty'],
    ['nothing at all', { isStart: true, status: null, isEmpty: true }, 'The start page is empty'],
    ['a later page', { isStart: false, status: 200, isEmpty: false }, null],
    ['a later page that leads on', { isStart: false, status: 200, isEmpty: true }, null],
    ['a wrong password, said with 400', { isStart: false, status: 400, isEmpty: false }, null],
    ['an error page in the middle', { isStart: false, status: 500, isEmpty: false }, null],
    ['a later page that is missing', { isStart: false, status: 404, isEmpty: true }, 'There is no page here'],
    ['a later page that fails', { isStart: false, status: 500, isEmpty: true }, 'The page does not work right now'],
  ])('%s', (_name, page, headline) => {
    const failure = pageFailure({ address, ...page });
    expect(saidOf(failure)?.headline ?? null).toBe(headline);
    if (!failure) return;
    expect(failure.code).toBe('page_unusable');
    expect(saidOf(failure)?.meaning).toContain('auth.example.com');
    if (page.status !== null && page.status >= 400) expect(saidOf(failure)?.meaning).toContain(`status ${page.status}`);
  });

  test('any start page: blank only where nobody is told, and covered only where the answer says that it failed', () => {
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

describe('what the pane says of a network error', () => {
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
    ['ERR_BLOCKED_BY_CLIENT', 'address_not_allowed', undefined],
    ['ERR_HTTP_RESPONSE_CODE_FAILURE', 'page_unusable', undefined],
  ])('%s: %s', (description, code, cause) => {
    for (const isStart of [true, false]) {
      const failure = loadFailure(description, address, isStart);
      expect(failure).toMatchObject({ code, facts: { host: 'auth.example.com' } });
      expect(failure?.facts?.['cause']).toBe(cause);
    }
  });

  test.each([
    ['ERR_PROXY_AUTH_REQUESTED', 'sign_in', 'asks for a sign-in'],
    ['ERR_NO_SUPPORTED_PROXIES', 'kind', 'SOCKS5 proxies only'],
  ])('%s: a proxy that the pane cannot use, because of its %s', (description, reason, words) => {
    const failure = loadFailure(description, address, true);
    expect(failure).toMatchObject({ code: 'proxy_unsupported', facts: { host: 'auth.example.com', reason } });
    expect(failure && saidOf(failure)?.meaning).toContain(words);
  });

  test('a load that was given up for another one is no failure', () => {
    expect(loadFailure('ERR_ABORTED', address, true)).toBeNull();
  });
});

describe('a load', () => {
  const opened = () => {
    const timer = new HandTimer(new FakeClock());
    const late: Failure[] = [];
    return { timer, late, load: new PaneLoad(timer, (reason) => late.push(reason)) };
  };

  test('lands, is read once, and waits for nothing more', () => {
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

  test('a start page that leads elsewhere is judged where it lands', () => {
    const { load } = opened();
    load.begin(address, true);
    load.landed('https://login.example.com/', 503);
    expect(load.read(load.unread ?? 0, false)).toMatchObject({ facts: { page: 'start', host: 'login.example.com' } });
  });

  test('what was found out about one page says nothing about the next', () => {
    const { load } = opened();
    load.begin(address, true);
    load.landed(address, 200);
    const first = load.unread ?? 0;
    load.begin(address, true);
    load.landed(address, 200);
    expect(load.read(first, true)).toBeNull();
    expect(load.read(load.unread ?? 0, true)).toMatchObject({ facts: { empty: 'yes' } });
  });

  test('stops without a page: said at the start, and nothing where the page stays', () => {
    const { load } = opened();
    load.begin(address, true);
    expect(load.stopped()).toMatchObject({ code: 'page_unusable', facts: { page: 'start', empty: 'yes' } });
    load.begin(address, false);
    expect(load.stopped()).toBeNull();
  });

  test('a server that takes the request and says nothing: after 30 s, once, at the start alone', async () => {
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

  test('whatever comes of it, no timer is left', () => {
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
