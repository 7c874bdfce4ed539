import {
  createLocalJWKSet,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  jwtVerify,
  SignJWT,
} from 'jose';
import { generate } from 'selfsigned';
import { Agent, request } from 'node:https';
import { describe, expect, it } from 'vitest';
import { startAuthorizationServer } from '../../../authorization-server/authorization-server.ts';
import { signingAlgorithms } from '../../../authorization-server/sandbox-settings.ts';
import { openSandbox } from '../open-sandbox.ts';
import { claimsOf, SandboxClient } from '../sandbox-client.ts';

const { server, client } = await openSandbox();

async function jwks(): Promise<JSONWebKeySet> {
  return (await (await fetch(`${server.issuer}/jwks`)).json()) as JSONWebKeySet;
}

describe('the license token of the sandbox', () => {
  it('has the values of the records', async () => {
    const claims = claimsOf(await client.acquire('Store 014'));
    expect(claims).toMatchObject({
      iss: server.issuer,
      sub: 'installer',
      aud: 'urn:fusion-pos:license',
      client_id: 'fusion-license-console',
      server_id: 'store-014-8f0c2d17',
      server_name: 'Store 014',
      device_type: 'server',
      edition: 'store',
      organization: { id: 'fc-xmsqa1', name: 'Fusion Coffee' },
      license_id: 'lic-rms-servers',
      license_name: 'RMS Servers',
      license_time_zone: 'America/New_York',
      license_warning_days: 30,
      features: ['xms'],
      hub: { server_id: 'corporate-1-c41f60e3', name: 'Corporate 1', url: 'https://corp1.fusion-coffee.example' },
    });
    expect(claims.jti).toBeTypeOf('string');
    expect(claims.license_renewal_date).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('leaves out what a device does not have: renewal date, hub, edition of a register', async () => {
    expect(claimsOf(await client.acquire('Store 903 (no renewal date)'))).not.toHaveProperty('license_renewal_date');
    expect(claimsOf(await client.acquire('Store 904 (no hub)'))).not.toHaveProperty('hub');
    const register = claimsOf(await client.acquire('Register 014-1'));
    expect(register).toMatchObject({ device_type: 'register', license_name: 'Registers' });
    expect(register).not.toHaveProperty('edition');
  });

  it.each(signingAlgorithms)('verifies with %s against the published keys', async (algorithm) => {
    server.control.configure({ signingAlgorithm: algorithm });
    const { access_token } = await client.acquire('Store 014');
    const verified = await jwtVerify(access_token, createLocalJWKSet(await jwks()), {
      issuer: server.issuer,
      typ: 'at+jwt',
    });
    expect(verified.protectedHeader.alg).toBe(algorithm);
  });

  it('survives a key rotation only if the old key is kept', async () => {
    const { access_token } = await client.acquire('Store 014');
    server.control.rotateKeys({ keepOld: true });
    await expect(jwtVerify(access_token, createLocalJWKSet(await jwks()))).resolves.toBeDefined();
    const fresh = await client.acquire('Store 014');
    expect(decodeProtectedHeader(fresh.access_token).kid).not.toBe(decodeProtectedHeader(access_token).kid);
    server.control.rotateKeys({ keepOld: false });
    await expect(jwtVerify(access_token, createLocalJWKSet(await jwks()))).rejects.toThrow(/no applicable key/);
  });

  it('follows the clock of the server: iat, exp and Date move together', async () => {
    const [life, offset] = [3600, -86_400];
    server.control.configure({ tokenLifeSeconds: life, clockOffsetSeconds: offset });
    const tokens = await client.acquire('Store 014');
    const { iat = 0, exp = 0 } = claimsOf(tokens);
    const serverDate = Date.parse((await fetch(`${server.issuer}/jwks`)).headers.get('date') ?? '') / 1000;
    expect(exp - iat).toBe(life);
    expect(tokens.expires_in).toBe(life);
    expect(Math.abs(iat - (Date.now() / 1000 + offset))).toBeLessThan(30);
    expect(Math.abs(serverDate - iat)).toBeLessThan(30);
    expect((await client.refresh(tokens.refresh_token)).status).toBe(200);
  });

  it('has the claims that a test sets, and lacks those that a test drops', async () => {
    server.control.overrideClaims({
      device: 'Store 014',
      set: { license_renewal_date: 'garbage', aud: 'urn:other', iss: 'https://other.example' },
      drop: ['server_id', 'features'],
      header: { typ: 'JWT' },
    });
    const { access_token, refresh_token } = await client.acquire('Store 014');
    const claims = claimsOf({ access_token } as never);
    expect(claims).toMatchObject({ license_renewal_date: 'garbage', aud: 'urn:other', iss: 'https://other.example' });
    expect(claims).not.toHaveProperty('server_id');
    expect(claims).not.toHaveProperty('features');
    expect(decodeProtectedHeader(access_token).typ).toBe('JWT');
    server.control.clearClaimOverrides({ device: 'Store 014' });
    expect(claimsOf(await client.refresh(refresh_token))).toMatchObject({ server_id: 'store-014-8f0c2d17' });
  });
});

describe('DPoP (RFC 9449)', () => {
  it('binds the token to the key of the proof, after a nonce if the server wants one', async () => {
    server.control.configure({ dpopNonceRequired: true });
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwk = await exportJWK(publicKey);
    const proof = (nonce?: string): Promise<string> =>
      new SignJWT({ htm: 'POST', htu: `${server.issuer}/token`, jti: crypto.randomUUID(), ...(nonce ? { nonce } : {}) })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
        .setIssuedAt()
        .sign(privateKey);
    const code = await client.deviceCode();
    await server.control.authorizeCode({ userCode: code.user_code, device: 'Store 014' });
    const asked = await client.poll(code, { DPoP: await proof() });
    expect(asked.json.error).toBe('use_dpop_nonce');
    const answer = await client.poll(code, { DPoP: await proof(asked.headers.get('dpop-nonce') ?? '') });
    expect(answer.json.token_type).toBe('DPoP');
    const proofs = server.control.requests({ endpoint: 'token' }).requests.map(({ proof: seen }) => seen);
    expect(proofs.map((seen) => seen?.nonce !== undefined)).toEqual([false, true]);
    expect(claimsOf(answer).cnf).toEqual({ jkt: proofs[1]?.keyThumbprint });
  });
});

describe('the issuer of the sandbox', () => {
  it.each([
    '/tenant/.well-known/openid-configuration',
    '/tenant/.well-known/oauth-authorization-server',
    '/.well-known/oauth-authorization-server/tenant',
  ])('may have a path: %s', async (path) => {
    const tenant = await startAuthorizationServer({ issuerPath: 'tenant/' });
    try {
      const metadata = (await (await fetch(new URL(path, tenant.issuer))).json()) as Record<string, string>;
      expect(metadata).toMatchObject({ issuer: tenant.issuer, token_endpoint: `${tenant.issuer}/token` });
      expect(claimsOf(await new SandboxClient(tenant).acquire('Store 014')).iss).toBe(tenant.issuer);
      expect(await (await fetch(tenant.pagesUrl)).text()).toContain('action="/tenant/sign-in"');
      expect((await fetch(new URL('/jwks', tenant.issuer))).status).toBe(404);
    } finally {
      await tenant.close();
    }
  });

  it('may use https', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], { keyType: 'ec' });
    const secure = await startAuthorizationServer({ tls: { key, cert } });
    try {
      const metadata = await overTls(`${secure.issuer}/.well-known/openid-configuration`, cert);
      expect(metadata).toMatchObject({ issuer: secure.issuer, jwks_uri: `${secure.issuer}/jwks` });
      expect(secure.issuer).toMatch(/^https:/);
    } finally {
      await secure.close();
    }
  });
});

function overTls(url: string, ca: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const agent = new Agent({ ca, checkServerIdentity: () => undefined });
    request(url, { agent }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve(JSON.parse(text)));
    })
      .on('error', reject)
      .end();
  });
}
