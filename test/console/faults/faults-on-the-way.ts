import type { Fault } from '../../authorization-server/faults/fault-plan.ts';
import type { FailureCode } from '../../../src-shared/failure-codes.ts';
import type { FaultRow, NextTry } from './fault-rows.ts';

const page = (status: number, more: { retryAfter?: number } = {}): Fault => ({
  kind: 'status',
  status,
  ...more,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>Please wait</title><p>Not what was asked for.</p>',
});
const status = (code: number, retryAfter?: number): Fault => ({
  kind: 'status',
  status: code,
  ...(retryAfter === undefined ? {} : { retryAfter }),
});

/** Non-Latin-1 letters in a header, encoded as UTF-8 as some proxies do. */
const otherLetters: Fault = {
  kind: 'status',
  status: 503,
  headers: { 'X-Proxy': Buffer.from('代理サーバー').toString('latin1') },
};

function onToken(what: string, fault: Fault, code: FailureCode, headline: string, next: NextTry = 'minutes'): FaultRow {
  const plant: FaultRow['plant'] = (scene) => scene.plant('token', fault);
  return { what, plant, fails: { code, headline }, says: 'offline', next, where: 'way' };
}

const noWay = 'The Authorization server cannot be reached';
const signIn = 'This network may want you to sign in';
const aPage = 'A web page came instead of an answer';
const busy = 'The Authorization server asks for a pause';
const broken = 'The Authorization server has a problem';
const unclear = "The Authorization server's answer is unclear";

/** The server itself answers, so the page does not say that a connection is missing. */
function answered(...row: Parameters<typeof onToken>): FaultRow {
  return { ...onToken(...row), says: 'answered' };
}

/** Answers that the console gets instead of the token endpoint's answer. */
export const answersOnTheWay: readonly FaultRow[] = [
  onToken('connection dropped', { kind: 'drop' }, 'network_unreachable', noWay, 'seconds'),
  onToken('answer lost after rotation', { kind: 'drop-after-commit' }, 'network_unreachable', noWay, 'seconds'),
  {
    ...onToken('answer lost, no grace', { kind: 'drop-after-commit' }, 'network_unreachable', noWay, 'seconds'),
    arrange: (scene) => void scene.server.control.configure({ reuseGraceSeconds: 0 }),
    leaves: 'ended_authorization',
  },
  answered('429', status(429), 'too_many_requests', busy),
  answered('429, Retry-After 300', status(429, 300), 'too_many_requests', busy, { pauseSeconds: 300 }),
  answered('500', status(500), 'server_error', broken),
  answered('600', status(600), 'server_error', broken),
  answered('999', status(999), 'server_error', broken),
  answered('503, a head in other letters', otherLetters, 'server_error', broken),
  answered('502 with a page', page(502), 'server_error', broken),
  answered('503, Retry-After 600', page(503, { retryAfter: 600 }), 'server_error', broken, { pauseSeconds: 600 }),
  onToken('captive portal: page, 200', { kind: 'html' }, 'captive_portal', signIn),
  onToken('captive portal: 511', page(511), 'captive_portal', signIn),
  {
    ...onToken('captive portal: redirect', { kind: 'html' }, 'captive_portal', signIn),
    plant: (scene) => scene.plant('token', { kind: 'redirect', location: `${scene.strangers.portal.origin}/login` }),
  },
  onToken("filter's page, 403", page(403), 'unexpected_content', aPage),
  onToken('page, 404', page(404), 'unexpected_content', aPage),
  onToken(
    'redirect on the same host',
    { kind: 'redirect', location: '/elsewhere', status: 307 },
    'unexpected_redirect',
    'The server redirects to another address',
  ),
  onToken('407', status(407), 'proxy_refused', 'The proxy of this network does not let the console through'),
  answered(
    'body of 1 MiB',
    { kind: 'huge-body', bytes: 1_048_576 },
    'response_too_large',
    'The answer was far too large',
  ),
  answered(
    'answer cut in half',
    { kind: 'status', status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"access_token":"a' },
    'response_invalid',
    unclear,
    'seconds',
  ),
  {
    ...answered(
      'answer without a token',
      { kind: 'edit-json', members: { access_token: null } },
      'response_invalid',
      unclear,
      'minutes',
    ),
    where: 'behind',
  },
  {
    what: 'answer that is late',
    plant: (scene) => scene.plant('token', { kind: 'delay', delayMs: 300 }),
    next: 'half_life',
    where: 'behind',
  },
  {
    what: 'answer that drips in',
    plant: (scene) => scene.plant('token', { kind: 'slow-body', bytesPerChunk: 64, chunkDelayMs: 2 }),
    next: 'half_life',
    where: 'behind',
  },
];
