import type { FailureCode } from '../../../src-shared/failure-codes.ts';
import { answers, members, type PlannedRewrite, type Rewrite, status } from './rewriting-proxy.ts';

/** A change to the answers while a license is acquired. Without `fails`, the acquisition succeeds in the end. */
export interface AcquireRewrite {
  readonly kind: 1 | 4 | 7 | 8 | 9;
  readonly what: string;
  readonly rewrites: readonly PlannedRewrite[];
  readonly fails?: FailureCode;
  /** The acquisition fails before there is a code that a person could enter. */
  readonly withoutCode?: true;
}

const token = /\/token$/;
const code = /\/device\/auth$/;
const isPage = '<!doctype html><title>Gateway</title><p>Not what was asked for.</p>';

const onCode = (kind: AcquireRewrite['kind'], what: string, change: Rewrite): AcquireRewrite => ({
  kind,
  what,
  rewrites: [{ path: code, change }],
});

const refusedCode = (kind: AcquireRewrite['kind'], what: string, change: Rewrite): AcquireRewrite => ({
  ...onCode(kind, what, change),
  fails: 'response_invalid',
  withoutCode: true,
});

/** Something in between answers the first poll. The next poll gets the person's decision. */
const onPoll = (what: string, change: Rewrite): AcquireRewrite => ({
  kind: 4,
  what,
  rewrites: [{ path: token, change, instead: true }],
});

/** Changes the token answer itself. Any poll before it gets `authorization_pending`. */
const onTokens = (what: string, changes: Readonly<Record<string, unknown>>, fails?: FailureCode): AcquireRewrite => ({
  kind: 1,
  what,
  rewrites: [
    {
      path: token,
      times: 100,
      change: (answer) => (answer.body.includes('access_token') ? members(changes)(answer) : answer),
    },
  ],
  ...(fails ? { fails } : {}),
});

export const acquireRewrites: readonly AcquireRewrite[] = [
  onCode(1, 'interval null', members({ interval: null })),
  onCode(1, 'interval as text', members({ interval: '1' })),
  onCode(1, 'expires_in as text', members({ expires_in: '300' })),
  onCode(1, 'no verification_uri_complete', members({ verification_uri_complete: undefined })),
  onCode(1, 'verification_uri_complete null', members({ verification_uri_complete: null })),
  onCode(1, 'status 201', status(201)),
  refusedCode(1, 'device_code null', members({ device_code: null })),
  refusedCode(1, 'verification_uri is no web address', members({ verification_uri: 'ftp://auth.example.com/' })),
  onCode(7, 'expires_in of 10^308 s', members({ expires_in: 1e308 })),
  onCode(
    9,
    'a link that no QR code can hold',
    members({ verification_uri_complete: `https://auth.example.com/device?user_code=${'9'.repeat(1_900)}` }),
  ),
  onPoll('200 with authorization_pending', answers(200, { error: 'authorization_pending' })),
  onPoll(
    '401 with a challenge and authorization_pending',
    answers(401, { error: 'authorization_pending' }, { 'www-authenticate': 'Basic realm="clients"' }),
  ),
  onPoll("403 with a gateway's page", answers(403, isPage)),
  onPoll('408 with nothing', answers(408, '')),
  onPoll('502 with a page', answers(502, isPage)),
  { ...onPoll('200 with access_denied', answers(200, { error: 'access_denied' })), fails: 'access_denied' },
  onTokens('tokens without token_type', { token_type: undefined }),
  onTokens('tokens with an ID token that is none', { id_token: 'not.a.token' }),
  onTokens('an opaque access token', { access_token: 'opaque' }, 'token_malformed'),
  onTokens('a refresh token alone', { access_token: null }, 'response_invalid'),
  onTokens('an unknown token_type', { token_type: 'mac' }, 'response_invalid'),
];
