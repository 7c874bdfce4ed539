import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { X509Certificate } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AuthorizationServer, startAuthorizationServer } from '../../authorization-server/authorization-server.ts';
import type { DialectName } from '../../authorization-server/dialects.ts';
import { claimsOf, SandboxClient, tokensOf } from './sandbox-client.ts';
import { ScriptlessBrowser } from './scriptless-browser.ts';

const resource = 'urn:fusion-pos:license';

let server: AuthorizationServer;
let client: SandboxClient;

function speaking(dialect: DialectName): void {
  beforeAll(async () => {
    server = await startAuthorizationServer({ dialect });
    client = new SandboxClient(server, dialect);
  });
  beforeEach(() => server.control.reset());
  afterEach(() => {
    vi.useRealTimers();
  });
  afterAll(() => server.close());
}

async function metadata(): Promise<Record<string, unknown>> {
  const answer = await fetch(`${server.issuer}/.well-known/openid-configuration`);
  return (await answer.json()) as Record<string, unknown>;
}

async function publishedKeys(): Promise<JSONWebKeySet> {
  return (await (await fetch(String((await metadata())['jwks_uri']))).json()) as JSONWebKeySet;
}

describe('the dialect identityserver', () => {
  speaking('identityserver');

  it('publishes its endpoints only by OpenID Connect Discovery', async () => {
    expect(await metadata()).toMatchObject({
      issuer: server.issuer,
      jwks_uri: `${server.issuer}/.well-known/openid-configuration/jwks`,
      device_authorization_endpoint: `${server.issuer}/connect/deviceauthorization`,
      token_endpoint: `${server.issuer}/connect/token`,
      revocation_endpoint: `${server.issuer}/connect/revocation`,
    });
    expect((await fetch(`${server.issuer}/.well-known/oauth-authorization-server`)).status).toBe(404);
  });

  it('gives a code of nine digits, 300 s and 5 s, without a complete address unless that is turned on', async () => {
    const code = await client.deviceCode();
    expect(code).toMatchObject({ expires_in: 300, interval: 5, verification_uri: `${server.issuer}/device` });
    expect(code.user_code).toMatch(/^\d{9}$/);
    expect(code).not.toHaveProperty('verification_uri_complete');
    server.control.configure({ verificationUriComplete: true });
    const complete = await client.deviceCode();
    expect(complete.verification_uri_complete).toBe(`${server.issuer}/device?userCode=${complete.user_code}`);
  });

  it('refuses every resource parameter', async () => {
    for (const indicator of [resource, 'https://api.example', 'license']) {
      const answer = await client.askForCode({ resource: indicator });
      expect([answer.status, answer.json]).toEqual([400, { error: 'invalid_target' }]);
    }
    const { refresh_token } = await client.acquire('Store 014');
    expect((await client.refresh(refresh_token, { resource })).json).toEqual({ error: 'invalid_target' });
    expect((await client.refresh(refresh_token)).status).toBe(200);
  });

  it('writes claims as strings with a prefix, objects as JSON, and a list of one as its member', async () => {
    server.control.updateLicense({ id: 'lic-rms-servers', tokenWarningSeconds: 3600 });
    const { access_token } = await client.acquire('Store 014');
    const claims = claimsOf({ access_token } as never);
    expect(decodeProtectedHeader(access_token)).toMatchObject({ typ: 'at+jwt', alg: 'RS256' });
    expect(claims).toMatchObject({
      client_id: 'fusion-license-console',
      client_server_id: 'store-014-8f0c2d17',
      client_organization: '{"id":"fc-xmsqa1","name":"Fusion Coffee"}',
      client_license_warning_days: '30',
      client_token_warning_seconds: '3600',
      client_features: 'xms',
      scope: ['license', 'offline_access'],
      idp: 'local',
      amr: ['pwd'],
    });
    expect(claims.nbf).toBe(claims.iat);
    expect(claims).not.toHaveProperty('aud');
    expect(claims).not.toHaveProperty('server_id');
  });

  it('uses the configured audience, prefix and form of objects', async () => {
    server.control.configure({
      audience: { name: 'license-api' },
      claims: { prefix: '', values: 'text', objects: 'typed' },
      scopeClaim: 'string',
    });
    server.control.updateLicense({ id: 'lic-rms-servers', features: ['xms', 'loyalty'] });
    const claims = claimsOf(await client.acquire('Store 014'));
    expect(claims).toMatchObject({
      aud: 'license-api',
      organization: { id: 'fc-xmsqa1' },
      features: ['xms', 'loyalty'],
      scope: 'license',
    });
  });

  it('publishes each key with its certificate', async () => {
    const { access_token } = await client.acquire('Store 014');
    const keys = await publishedKeys();
    await expect(jwtVerify(access_token, createLocalJWKSet(keys), { typ: 'at+jwt' })).resolves.toBeDefined();
    for (const { x5c, n } of keys.keys) {
      const certificate = new X509Certificate(Buffer.from(x5c?.[0] ?? '', 'base64'));
      expect(certificate.publicKey.export({ format: 'jwk' }).n).toBe(n);
    }
  });

  it('gives errors without a description, also for a denial', async () => {
    expect((await client.refresh('unknown')).json).toEqual({ error: 'invalid_grant' });
    const code = await client.deviceCode();
    await server.control.denyCode({ userCode: code.user_code, description: 'all 2 licenses are in use' });
    expect((await client.poll(code)).json).toEqual({ error: 'access_denied' });
  });

  it('refuses a refresh token the second time, and its grant stays open', async () => {
    const first = await client.acquire('Store 014');
    const second = tokensOf(await client.refresh(first.refresh_token));
    expect((await client.refresh(first.refresh_token)).json).toEqual({ error: 'invalid_grant' });
    expect((await client.refresh(second.refresh_token)).status).toBe(200);
  });

  it.each(['rotate', 'reuse'] as const)(
    'ends an absolute lifetime at its end, however often the token is used: %s',
    async (rotation) => {
      server.control.configure({ rotation, refreshTokenExpiry: 'absolute', refreshTokenLifeSeconds: 100 });
      expect(await usesUntilRefused(60)).toBe(1);
    },
  );

  it.each(['rotate', 'reuse'] as const)(
    'extends a sliding lifetime with each use, up to the absolute end: %s',
    async (rotation) => {
      const lives = { refreshTokenLifeSeconds: 250, refreshTokenSlidingSeconds: 80 };
      server.control.configure({ rotation, refreshTokenExpiry: 'sliding', ...lives });
      expect(await usesUntilRefused(60)).toBe(4);
      expect(await usesUntilRefused(90)).toBe(0);
    },
  );

  it('has a sign-in page with antiforgery cookies, and accepts no form without them', async () => {
    const page = await fetch(server.pagesUrl, { redirect: 'manual' });
    const cookies = page.headers.getSetCookie();
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) expect(cookie).toMatch(/; SameSite=None; Secure$/);
    const pairs = cookies.map((cookie) => cookie.split(';', 1)[0] ?? '');
    const form = await (await fetch(`${server.issuer}/sign-in`, { headers: { cookie: pairs.join('; ') } })).text();
    const token = /name="form-token" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const send = (cookie: string) =>
      fetch(`${server.issuer}/sign-in`, {
        method: 'POST',
        body: new URLSearchParams({ 'form-token': token, username: 'installer', password: 'fusion-demo' }),
        headers: { cookie },
        redirect: 'manual',
      });
    expect((await send(pairs[0] ?? '')).status).toBe(403);
    expect((await send(pairs.join('; '))).status).toBe(303);
    const browser = new ScriptlessBrowser();
    await browser.open(server.pagesUrl);
    expect(browser.text).toContain('Sign in');
  });
});

/** Uses the newest refresh token every so many seconds of a clock moved by hand, until it is refused. */
async function usesUntilRefused(everySeconds: number): Promise<number> {
  vi.useFakeTimers({ toFake: ['Date'] });
  let { refresh_token } = await client.acquire('Store 014');
  for (let uses = 0; ; uses += 1) {
    vi.setSystemTime(Date.now() + everySeconds * 1000);
    const answer = await client.refresh(refresh_token);
    if (answer.status !== 200) {
      expect(answer.json).toEqual({ error: 'invalid_grant' });
      return uses;
    }
    ({ refresh_token } = tokensOf(answer));
  }
}

describe('the dialect oidc-provider', () => {
  speaking('oidc-provider');

  it('gives a code of letters with a dash, and no interval', async () => {
    const code = await client.deviceCode({ resource });
    expect(code.user_code).toMatch(/^[B-Z]{4}-[B-Z]{4}$/);
    expect(code).toMatchObject({ expires_in: 600 });
    expect(code).not.toHaveProperty('interval');
    expect(code.verification_uri_complete).toBe(`${server.issuer}/device?user_code=${code.user_code}`);
  });

  it('gives a JWT for its resource, an opaque token without one, and refuses any other', async () => {
    expect(claimsOf(await client.acquire('Store 014', { resource }))).toMatchObject({
      aud: resource,
      server_id: 'store-014-8f0c2d17',
    });
    expect((await client.acquire('Store 014')).access_token).not.toContain('.');
    expect((await client.askForCode({ resource: 'urn:other' })).json.error).toBe('invalid_target');
  });

  it('rotates, describes its errors, and ends the grant if a token is used twice', async () => {
    const first = await client.acquire('Store 014', { resource });
    const second = tokensOf(await client.refresh(first.refresh_token));
    expect(claimsOf(second)).toMatchObject({ aud: resource });
    expect((await client.refresh(first.refresh_token)).json).toEqual({
      error: 'invalid_grant',
      error_description: 'grant request is invalid',
    });
    expect((await client.refresh(second.refresh_token)).json.error).toBe('invalid_grant');
  });
});

describe.each(['sandbox', 'identityserver', 'oidc-provider'] as const)('a server of the dialect %s', (dialect) => {
  speaking(dialect);
  const form: Record<string, string> = dialect === 'oidc-provider' ? { resource } : {};

  it('may give no refresh token', async () => {
    server.control.configure({ refreshTokens: 'none' });
    const tokens = await client.acquire('Store 014', form);
    expect(tokens.access_token).toContain('.');
    expect(tokens).not.toHaveProperty('refresh_token');
  });

  it('may have no revocation endpoint, or one that refuses public clients', async () => {
    const { refresh_token } = await client.acquire('Store 014', form);
    server.control.configure({ revocation: 'absent' });
    expect(await metadata()).not.toHaveProperty('revocation_endpoint');
    expect((await client.revoke(refresh_token)).status).toBe(404);
    server.control.configure({ revocation: 'refused' });
    expect(await metadata()).toHaveProperty('revocation_endpoint');
    const refused = await client.revoke(refresh_token);
    expect([refused.status, refused.json.error]).toEqual([401, 'invalid_client']);
    expect(server.control.grantsOfDevice({ device: 'Store 014' }).grants).toHaveLength(1);
  });

  it('may have no start page, and still has the verification page', async () => {
    server.control.configure({ startPage: 'missing' });
    expect((await fetch(server.pagesUrl)).status).toBe(404);
    const code = await client.deviceCode(form);
    expect((await fetch(code.verification_uri)).status).toBe(200);
  });
});
