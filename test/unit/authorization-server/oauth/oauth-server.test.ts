import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { openSandbox } from '../open-sandbox.ts';
import { claimsOf, tokensOf } from '../sandbox-client.ts';

const { server, client } = await openSandbox();

/** Lets tests poll as often as they like. */
function enforceNoInterval(): void {
  server.control.configure({ interval: { announce: 5, enforceSeconds: 0 } });
}

describe('the device authorization response (RFC 8628 §3.2)', () => {
  it('has nine digits, 300 s, an interval of 5 s and both verification addresses', async () => {
    const code = await client.deviceCode();
    expect(code).toMatchObject({ expires_in: 300, interval: 5, verification_uri: `${server.issuer}/device` });
    expect(code.user_code).toMatch(/^\d{9}$/);
    expect(code.verification_uri_complete).toBe(`${server.issuer}/device?user_code=${code.user_code}`);
  });

  it('has the interval that a test sets: a number, junk of 4 kinds, or none', async () => {
    for (const announce of [9, 0, -1, 'soon', null]) {
      server.control.configure({ interval: { announce, enforceSeconds: 5 } });
      expect((await client.deviceCode()).interval).toBe(announce);
    }
    server.control.configure({ interval: { enforceSeconds: 5 } });
    expect(await client.deviceCode()).not.toHaveProperty('interval');
  });

  it('has letters and a dash if a test sets that, and the code works in any spelling', async () => {
    server.control.configure({ userCodeStyle: 'letters', codeLifeSeconds: 60 });
    const code = await client.deviceCode();
    expect(code.user_code).toMatch(/^[B-Z]{4}-[B-Z]{4}$/);
    expect(code.expires_in).toBe(60);
    expect(code.verification_uri_complete).toContain(code.user_code);
    await server.control.authorizeCode({
      userCode: code.user_code.toLowerCase().replace('-', ' '),
      device: 'Store 014',
    });
    expect((await client.poll(code)).status).toBe(200);
  });
});

describe('polls (RFC 8628 §3.5)', () => {
  it('get authorization_pending, then tokens, and tokens only once', async () => {
    enforceNoInterval();
    const code = await client.deviceCode();
    expect((await client.poll(code)).json.error).toBe('authorization_pending');
    await server.control.authorizeCode({ userCode: code.user_code, device: 'Store 014' });
    expect(tokensOf(await client.poll(code))).toMatchObject({ token_type: 'Bearer', expires_in: 5 * 24 * 60 * 60 });
    expect((await client.poll(code)).json.error).toBe('invalid_grant');
  });

  it('get slow_down if they come early, even when the code is authorized by then', async () => {
    const code = await client.deviceCode();
    expect((await client.poll(code)).json.error).toBe('authorization_pending');
    expect((await client.poll(code)).json.error).toBe('slow_down');
    await server.control.authorizeCode({ userCode: code.user_code, device: 'Store 014' });
    expect((await client.poll(code)).json.error).toBe('slow_down');
    const polls = server.control.requests({ endpoint: 'token' }).requests;
    expect(polls.map(({ error }) => error)).toEqual(['authorization_pending', 'slow_down', 'slow_down']);
    expect(polls.every(({ grantType }) => grantType === 'urn:ietf:params:oauth:grant-type:device_code')).toBe(true);
  });

  it('end with access_denied and its description', async () => {
    const code = await client.deviceCode();
    await server.control.denyCode({ userCode: code.user_code, description: 'not today' });
    expect((await client.poll(code)).json).toMatchObject({ error: 'access_denied', error_description: 'not today' });
  });

  it('end with a non-standard error code that a test sets', async () => {
    const code = await client.deviceCode();
    await server.control.denyCode({ userCode: code.user_code, error: 'authorization_declined' });
    expect((await client.poll(code)).json.error).toBe('authorization_declined');
  });

  it('end with expired_token if a test lets the code expire early', async () => {
    const code = await client.deviceCode();
    await server.control.expireCode({ userCode: code.user_code });
    expect((await client.poll(code)).json.error).toBe('expired_token');
    await expect(server.control.authorizeCode({ userCode: code.user_code, device: 'Store 014' })).rejects.toThrow(
      /has expired/,
    );
  });
});

describe('the grants of the sandbox', () => {
  it('rotate their refresh token and end if one is used twice (RFC 9700 §4.14.2)', async () => {
    const first = await client.acquire('Store 014');
    const second = tokensOf(await client.refresh(first.refresh_token));
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await client.refresh(first.refresh_token)).json.error).toBe('invalid_grant');
    expect((await client.refresh(second.refresh_token)).json.error).toBe('invalid_grant');
    expect(server.control.grantsOfDevice({ device: 'Store 014' }).grants).toEqual([]);
  });

  it('survive a second use of a token within the grace period', async () => {
    server.control.configure({ reuseGraceSeconds: 60 });
    const first = await client.acquire('Store 014');
    expect((await client.refresh(first.refresh_token)).status).toBe(200);
    const again = await client.refresh(first.refresh_token);
    expect(again.status).toBe(200);
    expect((await client.refresh(tokensOf(again).refresh_token)).status).toBe(200);
  });

  it('keep their refresh token if the rotation is reuse', async () => {
    server.control.configure({ rotation: 'reuse' });
    const first = await client.acquire('Store 014');
    for (let round = 0; round < 3; round += 1) {
      expect(tokensOf(await client.refresh(first.refresh_token)).refresh_token).toBe(first.refresh_token);
    }
  });

  it('can be revoked (RFC 7009), and unknown tokens cause no error', async () => {
    const { refresh_token } = await client.acquire('Store 014');
    expect(server.control.grantsOfDevice({ device: 'Store 014' }).grants).toHaveLength(1);
    expect((await client.revoke(refresh_token)).status).toBe(200);
    expect(server.control.grantsOfDevice({ device: 'Store 014' }).grants).toEqual([]);
    expect((await client.revoke(refresh_token)).status).toBe(200);
    expect((await client.refresh(refresh_token)).json.error).toBe('invalid_grant');
  });

  it('are listed as open with their newest refresh token', async () => {
    const open = () => server.control.openGrants().grants.map(({ refreshTokenHash }) => refreshTokenHash);
    const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');
    const code = await client.deviceCode();
    await server.control.authorizeCode({ userCode: code.user_code, device: 'Store 014' });
    expect(open()).toEqual([]);
    const first = tokensOf(await client.poll(code));
    expect(open()).toEqual([hashOf(first.refresh_token)]);
    const second = tokensOf(await client.refresh(first.refresh_token));
    const other = await client.acquire('Store 015');
    expect(open()).toEqual([hashOf(second.refresh_token), hashOf(other.refresh_token)]);
    expect(server.control.openGrants().grants[0]?.device).toBe('store-014-8f0c2d17');
    await client.revoke(second.refresh_token);
    server.control.revokeDevice({ device: 'Store 015' });
    expect(open()).toEqual([]);
  });

  it('are not listed as open after their refresh token expired', async () => {
    server.control.configure({ refreshTokenLifeSeconds: 60 });
    await client.acquire('Store 014');
    expect(server.control.openGrants().grants).toHaveLength(1);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
    expect(server.control.openGrants().grants).toEqual([]);
    vi.restoreAllMocks();
  });

  it('show a renewed license and a changed hub at the next refresh', async () => {
    const first = await client.acquire('Store 014');
    server.control.updateLicense({ id: 'lic-rms-servers', expiresOn: '2031-01-31' });
    server.control.updateDevice({ device: 'Store 014', hubId: null });
    const claims = claimsOf(await client.refresh(first.refresh_token));
    expect(claims).toMatchObject({ license_renewal_date: '2031-01-31' });
    expect(claims).not.toHaveProperty('hub');
  });

  it('refuse a removed device, and a device with an inactive license until that is active again', async () => {
    const [removed, paused] = [await client.acquire('Store 014'), await client.acquire('Store 015')];
    server.control.removeDevice({ device: 'Store 014' });
    expect((await client.refresh(removed.refresh_token)).json.error).toBe('invalid_grant');
    server.control.updateLicense({ id: 'lic-rms-servers', isActive: false });
    expect((await client.refresh(paused.refresh_token)).json).toMatchObject({
      error: 'invalid_grant',
      error_description: 'the license "RMS Servers" is not active',
    });
    server.control.updateLicense({ id: 'lic-rms-servers', isActive: true });
    expect((await client.refresh(paused.refresh_token)).status).toBe(200);
  });

  it('survive a stop and a start of the server', async () => {
    const { refresh_token } = await client.acquire('Store 014');
    const { issuer } = server;
    await server.stop();
    await expect(client.refresh(refresh_token)).rejects.toThrow();
    await server.start();
    expect(server.issuer).toBe(issuer);
    expect((await client.refresh(refresh_token)).status).toBe(200);
  });
});
