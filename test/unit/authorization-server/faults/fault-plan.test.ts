import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { endpoints } from '../../../authorization-server/request-log.ts';
import { openSandbox } from '../open-sandbox.ts';
import { tokensOf } from '../sandbox-client.ts';

const { server, client } = await openSandbox();
beforeEach(() => {
  server.control.configure({ interval: { announce: 5, enforceSeconds: 0 } });
});

const discovery = '/.well-known/openid-configuration';

describe('a planned fault', () => {
  it.each(endpoints)('can be set for %s for a number of requests', async (endpoint) => {
    const paths = {
      discovery,
      jwks: '/jwks',
      device_authorization: '/device/auth',
      token: '/token',
      revocation: '/token/revocation',
      pages: '/sign-in',
    };
    server.control.addFault({ endpoint, fault: { kind: 'status', status: 503, retryAfter: 7 }, times: 2 });
    const ask = async (): Promise<Response> =>
      fetch(
        server.issuer + paths[endpoint],
        endpoint === 'discovery' || endpoint === 'jwks' || endpoint === 'pages' ? {} : { method: 'POST' },
      );
    for (let round = 0; round < 2; round += 1) {
      const answer = await ask();
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('7');
    }
    expect((await ask()).status).not.toBe(503);
  });

  it('of status 429 has Retry-After and a body, does not count as a poll, and is logged with its grant type', async () => {
    server.control.configure({ interval: { announce: 5, enforceSeconds: 5 } });
    const code = await client.deviceCode();
    server.control.addFault({
      endpoint: 'token',
      fault: { kind: 'status', status: 429, retryAfter: 30, body: { error: 'busy' } },
      times: 1,
    });
    const answer = await client.poll(code);
    expect(answer).toMatchObject({ status: 429, json: { error: 'busy' } });
    expect((await client.poll(code)).json.error).toBe('authorization_pending');
    expect(server.control.requests({ endpoint: 'token' }).requests).toMatchObject([
      { status: 429, fault: 'status', grantType: 'urn:ietf:params:oauth:grant-type:device_code' },
      { status: 400, error: 'authorization_pending' },
    ]);
  });

  it('of kind drop breaks the connection before anything is done', async () => {
    const tokens = await client.acquire('Store 014');
    server.control.addFault({ endpoint: 'token', fault: { kind: 'drop' }, times: 1 });
    await expect(client.refresh(tokens.refresh_token)).rejects.toThrow();
    expect((await client.refresh(tokens.refresh_token)).status).toBe(200);
  });

  it('of kind drop-after-commit breaks the connection after the refresh token is used up', async () => {
    const tokens = await client.acquire('Store 014');
    server.control.addFault({ endpoint: 'token', fault: { kind: 'drop-after-commit' }, times: 1 });
    await expect(client.refresh(tokens.refresh_token)).rejects.toThrow();
    expect((await client.refresh(tokens.refresh_token)).json.error).toBe('invalid_grant');
    const [, lost] = server.control.requests({ endpoint: 'token' }).requests;
    expect(lost).toMatchObject({ fault: 'drop-after-commit', grantType: 'refresh_token' });
    expect(lost).not.toHaveProperty('status');
  });

  it('of kind delay makes a correct response late', async () => {
    server.control.addFault({ endpoint: 'jwks', fault: { kind: 'delay', delayMs: 60 }, times: 1 });
    expect((await fetch(`${server.issuer}/jwks`)).status).toBe(200);
    const [entry] = server.control.requests({ endpoint: 'jwks' }).requests;
    expect((entry?.finishedAt ?? 0) - (entry?.at ?? 0)).toBeGreaterThanOrEqual(55);
  });

  it('of kind html gives a page with status 200, and redirect leads elsewhere', async () => {
    server.control.addFault({ endpoint: 'token', fault: { kind: 'html' }, times: 1 });
    server.control.addFault({
      endpoint: 'token',
      fault: { kind: 'redirect', location: 'https://portal.example/' },
      times: 1,
    });
    const page = await client.refresh('x');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    const redirect = await client.refresh('x');
    expect(redirect.status).toBe(302);
    expect(redirect.headers.get('location')).toBe('https://portal.example/');
  });

  it('of kind huge-body sends the given number of bytes, and stops if nobody reads', async () => {
    const bytes = 3 * 1024 * 1024;
    server.control.addFault({ endpoint: 'jwks', fault: { kind: 'huge-body', bytes } });
    expect((await (await fetch(`${server.issuer}/jwks`)).arrayBuffer()).byteLength).toBeGreaterThanOrEqual(bytes);
    server.control.clearFaults({ endpoint: 'jwks' });
    server.control.addFault({ endpoint: 'jwks', fault: { kind: 'huge-body', bytes: 1e12 } });
    const abort = new AbortController();
    const endless = await fetch(`${server.issuer}/jwks`, { signal: abort.signal });
    await endless.body?.getReader().read();
    abort.abort();
    await expect.poll(() => server.control.requests({ endpoint: 'jwks' }).requests[1]?.finishedAt).toBeDefined();
  });

  it('of kind slow-body sends the correct response slowly', async () => {
    server.control.addFault({
      endpoint: 'jwks',
      fault: { kind: 'slow-body', bytesPerChunk: 64, chunkDelayMs: 1 },
      times: 1,
    });
    const dripped = (await (await fetch(`${server.issuer}/jwks`)).json()) as JSONWebKeySet;
    expect(dripped.keys.length).toBeGreaterThan(0);
  });

  it('of kind bad-signature damages the token and nothing else', async () => {
    const code = await client.deviceCode();
    await server.control.authorizeCode({ userCode: code.user_code, device: 'Store 014' });
    server.control.addFault({ endpoint: 'token', fault: { kind: 'bad-signature' }, times: 1 });
    const spoiled = tokensOf(await client.poll(code));
    const keys = createLocalJWKSet((await (await fetch(`${server.issuer}/jwks`)).json()) as JSONWebKeySet);
    await expect(jwtVerify(spoiled.access_token, keys)).rejects.toThrow(/signature verification failed/);
    const sound = tokensOf(await client.refresh(spoiled.refresh_token));
    await expect(jwtVerify(sound.access_token, keys)).resolves.toBeDefined();
  });

  it('of kind edit-json can remove the device flow or change the issuer', async () => {
    const members = { device_authorization_endpoint: null, issuer: 'https://other.example' };
    server.control.addFault({ endpoint: 'discovery', fault: { kind: 'edit-json', members }, times: 1 });
    const metadata = (await (await fetch(server.issuer + discovery)).json()) as Record<string, unknown>;
    expect(metadata).not.toHaveProperty('device_authorization_endpoint');
    expect(metadata.issuer).toBe('https://other.example');
    expect(metadata.token_endpoint).toBe(`${server.issuer}/token`);
  });
});
