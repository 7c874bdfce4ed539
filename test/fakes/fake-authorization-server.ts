import { noGrant } from '../../src-main/authorization/time-question.ts';
import type { Http, HttpOutcome, HttpRequest } from '../../src-main/ports/http.ts';
import type { FakeClock } from './fake-clock.ts';
import { KillSwitch } from './kill-switch.ts';
import { answer, json } from './scripted-http.ts';
import { audience, issuer, licenseClaims, type TokenSigner } from './token-signer.ts';
import { work } from './until.ts';

type Endpoint = 'metadata' | 'keys' | 'device_authorization' | 'token' | 'revocation' | 'time';

interface Grant {
  device: Record<string, unknown>;
  refreshToken: string;
  revoked: boolean;
}

/**
 * What happens to one request. An outcome: the server never sees the request. `after`: the server handles it, but the console gets
 * this outcome. `dated`: the real answer, as from a cache that held it for `ageMs` (RFC 9111 §5.1, `Age`). Undefined: no fault.
 */
export type Fault = (
  endpoint: Endpoint,
  request: HttpRequest,
) => HttpOutcome | { after: HttpOutcome } | { dated: { ageMs: number } } | undefined;

/**
 * An Authorization server in memory that rotates refresh tokens, and ends a grant if a used refresh token is presented again
 * (RFC 9700 §4.14.2). Its time is the clock's real time.
 */
export class FakeAuthorizationServer implements Http {
  readonly #clock: FakeClock;
  readonly #signer: TokenSigner;
  #kill = new KillSwitch();
  #serial = 0;
  #codes = new Map<string, { state: 'pending' | 'authorized' | 'used'; expiresAt: number }>();

  readonly requests: {
    readonly endpoint: Endpoint;
    readonly atMs: number;
    readonly form: URLSearchParams;
    /** The ID of the server profile. Undefined if the request is about none. */
    readonly server: string | undefined;
  }[] = [];
  readonly grants: Grant[] = [];
  readonly usedRefreshTokens = new Map<string, Grant>();
  readonly #usedAt = new Map<string, number>();
  /** License claims of the device that the person authorizes. */
  device: Record<string, unknown> = {};
  intervalSeconds: number | undefined = 5;
  codeLifeSeconds = 300;
  tokenLifeSeconds = 7 * 86_400;
  rotates = true;
  issuesRefreshTokens = true;
  /** How long the old refresh token is still accepted after a rotation. */
  reuseGraceSeconds = 0;
  /** Does a revocation end all grants of the same person and client? */
  revokesAll = false;
  sendsDate = true;
  /** Seconds by which `iat` is ahead of the answer's `Date`. */
  issuedAheadSeconds = 0;
  fault: Fault = () => undefined;
  /** The server answers only after this has resolved. */
  waits: Promise<void> | null = null;
  /** The answer to a poll for a code that has not been authorized yet. */
  pending: () => HttpOutcome = () => json(400, { error: 'authorization_pending' });

  constructor(clock: FakeClock, signer: TokenSigner) {
    this.#clock = clock;
    this.#signer = signer;
  }

  /** The process that sends the requests; it can be killed. */
  set process(kill: KillSwitch) {
    this.#kill = kill;
  }

  /** Simulates a person who authorizes every pending code. */
  authorize(): void {
    for (const code of this.#codes.values()) if (code.state === 'pending') code.state = 'authorized';
  }

  count(endpoint: Endpoint): number {
    return this.requests.filter((request) => request.endpoint === endpoint).length;
  }

  get openGrants(): readonly Grant[] {
    return this.grants.filter(({ revoked }) => !revoked);
  }

  send(request: HttpRequest): Promise<HttpOutcome> {
    const form = new URLSearchParams(request.body ?? '');
    const endpoint = form.get('grant_type') === noGrant ? 'time' : endpointOf(request.url);
    return this.#kill.runAsync(`http ${endpoint}`, async () => {
      this.requests.push({ endpoint, atMs: this.#clock.monotonicNow(), form, server: request.server });
      if (this.waits) await this.waits;
      const fault = this.fault(endpoint, request);
      if (fault && 'dated' in fault) return this.#dated(await this.#answer(endpoint, form), fault.dated);
      if (fault && !('after' in fault)) return this.#dated(fault);
      const outcome = await this.#answer(endpoint, form);
      return this.#dated(fault ? fault.after : outcome);
    });
  }

  #dated(outcome: HttpOutcome, held: { readonly ageMs?: number } = {}): HttpOutcome {
    if (!outcome.ok || !this.sendsDate) return outcome;
    const serverDate = { at: Math.floor(this.#clock.realAt / 1000) * 1000, ...held };
    return { ok: true, answer: { ...outcome.answer, serverDate } };
  }

  async #answer(endpoint: Endpoint, form: URLSearchParams): Promise<HttpOutcome> {
    switch (endpoint) {
      case 'metadata':
        return json(200, metadata);
      case 'keys':
        return json(200, await work(this.#signer.keySet()));
      case 'device_authorization':
        return this.#issueCode();
      case 'token':
        return form.get('grant_type') === 'refresh_token' ? this.#refresh(form) : this.#poll(form);
      case 'time':
        return json(400, { error: 'unsupported_grant_type' });
      case 'revocation':
        for (const grant of this.grants)
          if (grant.refreshToken === form.get('token') || this.revokesAll) grant.revoked = true;
        return answer(200, '');
    }
  }

  #issueCode(): HttpOutcome {
    const code = `device-code-${++this.#serial}`;
    this.#codes.set(code, { state: 'pending', expiresAt: this.#clock.realAt + this.codeLifeSeconds * 1000 });
    return json(200, {
      device_code: code,
      user_code: String(100_000_000 + this.#serial),
      verification_uri: `${issuer}/device`,
      expires_in: this.codeLifeSeconds,
      ...(this.intervalSeconds === undefined ? {} : { interval: this.intervalSeconds }),
    });
  }

  #poll(form: URLSearchParams): HttpOutcome | Promise<HttpOutcome> {
    const code = this.#codes.get(form.get('device_code') ?? '');
    if (!code || code.state === 'used') return json(400, { error: 'invalid_grant' });
    if (this.#clock.realAt > code.expiresAt) return json(400, { error: 'expired_token' });
    if (code.state === 'pending') return this.pending();
    code.state = 'used';
    const grant: Grant = { device: this.device, refreshToken: this.#newRefreshToken(), revoked: false };
    this.grants.push(grant);
    return this.#issue(grant);
  }

  #refresh(form: URLSearchParams): HttpOutcome | Promise<HttpOutcome> {
    const token = form.get('refresh_token') ?? '';
    const reused = this.usedRefreshTokens.get(token);
    const inGrace = this.#clock.realAt < (this.#usedAt.get(token) ?? 0) + this.reuseGraceSeconds * 1000;
    if (reused && inGrace) return this.#issue(reused);
    if (reused) reused.revoked = true;
    const grant = this.grants.find(({ refreshToken }) => refreshToken === token);
    if (!grant || grant.revoked) return json(400, { error: 'invalid_grant' });
    if (this.rotates) {
      this.usedRefreshTokens.set(token, grant);
      this.#usedAt.set(token, this.#clock.realAt);
      grant.refreshToken = this.#newRefreshToken();
    }
    return this.#issue(grant);
  }

  async #issue(grant: Grant): Promise<HttpOutcome> {
    const issuedAt = this.#clock.realAt + this.issuedAheadSeconds * 1000;
    const iat = Math.floor(issuedAt / 1000);
    const claims = licenseClaims(issuedAt, { exp: iat + this.tokenLifeSeconds, ...grant.device });
    const accessToken = await work(this.#signer.sign(claims));
    return json(200, {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: this.tokenLifeSeconds,
      ...(this.issuesRefreshTokens ? { refresh_token: grant.refreshToken } : {}),
    });
  }

  #newRefreshToken(): string {
    return `refresh-token-${++this.#serial}`;
  }
}

export const metadata = {
  issuer,
  device_authorization_endpoint: `${issuer}/device_authorization`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  revocation_endpoint: `${issuer}/revocation`,
};

export const profile = {
  id: 'p1',
  issuer,
  edition: 'store',
  serverName: 'Store 014',
  clientId: 'fusion-license-console',
  scope: 'offline_access license',
  resource: audience,
} as const;

function endpointOf(url: string): Endpoint {
  const { pathname } = new URL(url);
  if (pathname.startsWith('/.well-known/')) return 'metadata';
  if (pathname === '/jwks') return 'keys';
  if (pathname === '/device_authorization') return 'device_authorization';
  return pathname === '/token' ? 'token' : 'revocation';
}
