import type { FailureCode } from '../../../src-shared/failure-codes.ts';
import type { NextTry } from '../faults/fault-rows.ts';
import { answers, headers, members, type PlannedRewrite, type Rewrite, status } from './rewriting-proxy.ts';

/** A change to the answers while a license is refreshed, and the expected result. */
export interface RefreshRewrite {
  /** The number of the kind of fault in the field trial. */
  readonly kind: 1 | 2 | 4 | 7 | 8;
  readonly what: string;
  readonly rewrites: readonly PlannedRewrite[];
  /** Why the refresh fails, its headline, and the first notice on the page; absent if the refresh works. */
  readonly fails?: { readonly code: FailureCode; readonly headline: string; readonly leads: string };
  readonly next: NextTry;
  /** Which refresh token the keychain holds afterwards: the one the server issued last, or the one the console sent. */
  readonly keeps: 'issued' | 'sent';
}

const token = /\/token$/;
const metadata = /\/\.well-known\//;
const keys = /\/jwks$/;
const everywhere = /./;
const noWay = 'No connection to the Authorization server';
const unclear = "The Authorization server's answer is unclear";
const again = 'Authorize this server again';
const pageCame = 'A web page came instead of an answer';
const isPage = '<!doctype html><title>Gateway</title><p>Not what was asked for.</p>';

function works(kind: RefreshRewrite['kind'], what: string, change: Rewrite, path = token): RefreshRewrite {
  return { kind, what, rewrites: [{ path, change }], next: 'half_life', keeps: 'issued' };
}

function fails(
  what: string,
  change: Rewrite,
  code: FailureCode,
  headline: string,
  more: Partial<RefreshRewrite> & { leads?: string } = {},
): RefreshRewrite {
  const { leads = headline, ...rest } = more;
  return {
    kind: 1,
    what,
    rewrites: [{ path: token, change }],
    fails: { code, headline, leads },
    next: 'minutes',
    keeps: 'issued',
    ...rest,
  };
}

/** Kind 1: the issued tokens are stored, whatever the other members say. */
const besideTheToken: readonly RefreshRewrite[] = [
  works(1, 'no token_type', members({ token_type: undefined })),
  works(1, 'token_type null', members({ token_type: null })),
  works(1, 'token_type in capitals', members({ token_type: 'BEARER' })),
  fails('token_type unknown', members({ token_type: 'mac' }), 'response_invalid', unclear),
  works(1, 'an ID token that is none', members({ id_token: 'not.a.token' })),
  works(1, 'ID token null', members({ id_token: null })),
  works(1, 'expires_in null', members({ expires_in: null })),
  works(1, 'expires_in as text', members({ expires_in: '3600' })),
  works(1, 'expires_in in words', members({ expires_in: 'soon' })),
  works(1, 'expires_in below zero', members({ expires_in: -1 })),
  works(1, 'scope null', members({ scope: null })),
  works(1, 'scope as a list', members({ scope: ['license', 'offline_access'] })),
  works(1, 'scope empty', members({ scope: '' })),
  works(1, 'error null beside tokens', members({ error: null, error_description: null })),
  works(1, 'error empty beside tokens', members({ error: '' })),
  works(1, 'members that nobody knows', members({ refresh_expires_in: 'x', session: [{ deep: [null] }] })),
  works(1, 'status 201', status(201)),
  works(1, 'as plain text', headers({ 'content-type': 'text/plain' })),
  works(1, 'without a content type', headers({ 'content-type': undefined })),
  works(1, 'with a byte order mark', (answer) => ({ ...answer, body: `\uFEFF${answer.body}` })),
  fails('access_token null', members({ access_token: null }), 'response_invalid', unclear),
  fails('access_token a number', members({ access_token: 17 }), 'response_invalid', unclear),
  fails(
    'access_token opaque',
    members({ access_token: 'opaque' }),
    'token_malformed',
    'The license token cannot be read',
  ),
  { ...works(1, 'refresh_token null', members({ refresh_token: null })), keeps: 'sent' },
  { ...works(1, 'refresh_token empty', members({ refresh_token: '' })), keeps: 'sent' },
  fails('refresh_token a number', members({ refresh_token: 17 }), 'response_invalid', unclear, {
    keeps: 'sent',
    next: 'seconds',
  }),
  fails(
    'refresh_token of 20,000 characters',
    members({ refresh_token: 'r'.repeat(20_000) }),
    'response_invalid',
    unclear,
    {
      keeps: 'sent',
      next: 'seconds',
    },
  ),
  fails('refresh_token with a line end', members({ refresh_token: 'a\r\nb' }), 'response_invalid', unclear, {
    keeps: 'sent',
    next: 'seconds',
  }),
];

function says(
  what: string,
  code: number,
  body: object | string,
  failure: FailureCode,
  headline: string,
  more: Partial<RefreshRewrite> & { leads?: string; headers?: Record<string, string> } = {},
): RefreshRewrite {
  const { headers: sent, ...rest } = more;
  const change = answers(code, body, sent);
  const rewrites = [{ path: token, change, instead: true }];
  return fails(what, change, failure, headline, { kind: 4, rewrites, keeps: 'sent', ...rest });
}

const challenge = { 'www-authenticate': 'Basic realm="clients"' };
const ended = { next: 'none' } as const;
const unknownClient = 'The Authorization server does not know this console';

/** Kind 4: the OAuth error in the body counts, whatever the status and the headers say. */
const errorsInTheBody: readonly RefreshRewrite[] = [
  says('200 with invalid_grant', 200, { error: 'invalid_grant' }, 'invalid_grant', again, ended),
  says('401 with a challenge and invalid_grant', 401, { error: 'invalid_grant' }, 'invalid_grant', again, {
    ...ended,
    headers: challenge,
  }),
  says('403 with invalid_grant', 403, { error: 'invalid_grant' }, 'invalid_grant', again, ended),
  says('500 with invalid_grant', 500, { error: 'invalid_grant' }, 'invalid_grant', again, ended),
  says('400 as text with invalid_grant', 400, '{"error":"invalid_grant"}', 'invalid_grant', again, ended),
  says('200 with invalid_client', 200, { error: 'invalid_client' }, 'invalid_client', unknownClient),
  says('401 with a challenge and invalid_client', 401, { error: 'invalid_client' }, 'invalid_client', unknownClient, {
    headers: challenge,
  }),
  says('200 with authorization_pending', 200, { error: 'authorization_pending' }, 'response_invalid', unclear),
  says('408 with nothing', 408, '', 'request_timeout', 'The Authorization server did not answer in time', {
    leads: noWay,
  }),
  says("403 with a gateway's page", 403, isPage, 'unexpected_content', pageCame, { leads: noWay }),
  says("403 with a gateway's JSON", 403, { message: 'Forbidden' }, 'response_invalid', unclear),
  says('404 with JSON that has an error', 404, { error: 'Not Found' }, 'response_invalid', unclear),
  says(
    '502 with JSON that has an error',
    502,
    { error: 'Bad Gateway' },
    'server_error',
    'The Authorization server has a problem',
  ),
];

const busy = 'The Authorization server asks for a pause';

/** Kind 7: every number is limited. */
const pauses: readonly RefreshRewrite[] = [
  says('429, Retry-After of 10^9 s', 429, '', 'too_many_requests', busy, {
    kind: 7,
    headers: { 'retry-after': '1000000000' },
    next: { pauseSeconds: 86_400 },
  }),
  says('429, Retry-After below zero', 429, '', 'too_many_requests', busy, {
    kind: 7,
    headers: { 'retry-after': '-5' },
  }),
  says('429, Retry-After in words', 429, '', 'too_many_requests', busy, {
    kind: 7,
    headers: { 'retry-after': 'later' },
  }),
];

const httpDate = (byMs: number): string => new Date(Date.now() + byMs).toUTCString();
const dayMs = 86_400_000;
const yearMs = 365 * dayMs;

/** Kind 2: no header of any answer changes trusted time. */
const dates: readonly RefreshRewrite[] = (
  [
    ['Age of a day', () => headers({ age: '86400' })],
    ['Age of ten years', () => headers({ age: String(10 * 365 * 86_400) })],
    ['Age below zero', () => headers({ age: '-86400' })],
    ['Age in words', () => headers({ age: 'old' })],
    ['no Date', () => headers({ date: undefined })],
    ['Date in words', () => headers({ date: 'today' })],
    ['Date ten years ahead', () => headers({ date: httpDate(10 * yearMs) })],
    ['Date of the year 9999', () => headers({ date: 'Fri, 31 Dec 9999 23:59:59 GMT' })],
    ['Date of 1970', () => headers({ date: 'Thu, 01 Jan 1970 00:00:00 GMT' })],
    ['Date of yesterday with the Age of a day', () => headers({ date: httpDate(-dayMs), age: '86400' })],
  ] as const
).flatMap(([what, change]) =>
  (
    [
      ['the token', token],
      ['the metadata', metadata],
      ['the keys', keys],
    ] as const
  ).map(([where, path]): RefreshRewrite => ({ ...works(2, `${what}, on ${where}`, change(), path) })),
);

/** Kind 2: the same headers on several answers of all endpoints. The next good answer corrects the time. */
const allDates: readonly RefreshRewrite[] = [
  {
    ...works(2, 'a cache before everything: Age of a day on three answers', headers({ age: '86400' })),
    rewrites: [{ path: everywhere, change: headers({ age: '86400' }), times: 3 }],
  },
];

/** Kind 8: the server's text is cleaned before a person reads it. */
const words: readonly RefreshRewrite[] = [
  says(
    'a description that turns its direction',
    400,
    { error: 'access_denied', error_description: 'All \u202e2\u202c licenses\u200b are\r\nin use\u0007' },
    'access_denied',
    'The Authorization server refused',
    { kind: 8 },
  ),
  says(
    'an error code that turns its direction',
    400,
    { error: 'quota\u202e_exceeded' },
    'authorization_refused',
    'The Authorization server rejected the request',
    { kind: 8 },
  ),
];

export const refreshRewrites: readonly RefreshRewrite[] = [
  ...besideTheToken,
  ...errorsInTheBody,
  ...pauses,
  ...dates,
  ...allDates,
  ...words,
];
