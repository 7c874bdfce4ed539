import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from './console-test.ts';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type * as LicenseClientModule from '../../src-main/local-api/license-client.ts';
import type { CreatedClient, ExpiredPeerRule, LocalApiView } from '../../src-shared/registers/local-api-view.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { ConsoleApp } from './console-app.ts';
import { LicensedPeers, tampered } from './licensed-peer.ts';
import { storedLicense } from './real-keychain.ts';

const device = 'Store 014';
const ourId = 'store-014-8f0c2d17';
const register = 'Register 014-1';
/** The file that the POS server's developers get. */
const builtClient = join(import.meta.dirname, '../../out/license-client/license-client.js');

let server: AuthorizationServer;
let peers: LicensedPeers;
let app: ConsoleApp;
let created: CreatedClient;
let client: LicenseClientModule.LicenseClient;
let registerToken: string;
let answered = 0;

test.describe('@peers', () => {
  // All tests share one store, so they run in order.
  test.describe.configure({ mode: 'serial' });
  test.beforeAll(async () => {
    server = await startAuthorizationServer();
    server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
    peers = new LicensedPeers(server);
    const register = { kind: 'register', licenseId: 'lic-registers', organizationId: 'fc-xmsqa1' } as const;
    server.control.addDevice({ ...register, name: 'Register 015-1', hubId: 'store-015-27be94a5' });
    const others = { organizationId: 'fc-trial7', licenseId: 'lic-trial' };
    server.control.addDevice({ ...register, ...others, name: 'Register of others', hubId: ourId });
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
    await app.expectAudience();
    await app.authorizeAt(server.control, device);
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
  });
  test.afterAll(async () => {
    client?.close();
    await app.close();
    await server.close();
    console.log(`@peers: ${answered} tokens of registers and servers answered through the socket`);
  });

  const view = async () => (await app.call('local_api.read')).value as LocalApiView;
  const change = async (settings: { on?: boolean; expiredPeers?: ExpiredPeerRule; tcpPort?: number | null }) =>
    expect(await app.call('local_api.change', { ...(await view()).settings, ...settings })).toMatchObject({ ok: true });
  /** The API's verdict on a token, in short. */
  const ask = async (token: string) => {
    const answer = await client.verify(token);
    answered += 1;
    return answer.accepted ? [answer.relation, ...answer.warnings].join(', ') : answer.reason;
  };
  const asked = (endpoint: 'jwks') => server.control.requests({ endpoint }).requests.length;

  test('switched on, a client created: the license client finds the socket automatically, and shows its secret', async () => {
    const { LicenseClient } = (await import(pathToFileURL(builtClient).href)) as typeof LicenseClientModule;
    created = await app.createClient({ name: 'POS server', may: ['read', 'token', 'verify'] });
    client = new LicenseClient({ profileFolder: app.userData, secret: created.secret });
    await expect(client.health()).rejects.toMatchObject({ code: 'console_not_running' });
    await change({ on: true });
    await expect.poll(async () => (await view()).state).toBe('listening');
    expect(await client.health()).toMatchObject({ status: 'ok' });
    expect(await client.license()).toMatchObject({
      status: 'licensed',
      server_name: device,
      server_id: ourId,
      organization: { id: 'fc-xmsqa1' },
      hub: { server_id: 'corporate-1-c41f60e3' },
      token: { state: 'fine' },
      clock: { state: 'right' },
    });
    const stranger = new LicenseClient({
      profileFolder: app.userData,
      secret: `flc_${'0'.repeat(12)}_${'A'.repeat(43)}`,
    });
    await expect(stranger.license()).rejects.toMatchObject({ code: 'unauthorized', status: 401 });
    stranger.close();
  });

  test('/v1/token returns the license token that the sandbox issued, and nothing else', async () => {
    const token = await client.token();
    expect(token.access_token).toBe((await storedLicense(app.userData))?.accessToken);
    expect(await peers.isIssued(token.access_token)).toBe(true);
    expect(token).toMatchObject({ token_type: 'Bearer', server_id: ourId });
    expect(Object.keys(token).toSorted()).toEqual(['access_token', 'expires_at', 'server_id', 'token_type']);
  });

  test('a new signing key of the sandbox: accepted after one request for its keys, as are tokens of the previous key', async () => {
    registerToken = await peers.license(register);
    expect(await ask(registerToken)).toBe('our_peer');
    const looks = asked('jwks');
    server.control.rotateKeys({ keepOld: true });
    const tokens = [await peers.license('Register 014-2'), await peers.license('Register 014-3')];
    expect(await Promise.all(tokens.map(ask))).toEqual(['our_peer', 'our_peer']);
    expect(asked('jwks') - looks).toBe(1);
    expect(await ask(registerToken)).toBe('our_peer');
  });

  test('our register and our hub are accepted; each stranger is refused with its reason', async () => {
    const accepted = await client.verify(registerToken);
    expect(accepted).toMatchObject({
      accepted: true,
      relation: 'our_peer',
      warnings: [],
      peer: { server_id: 'register-014-1', device_type: 'register', features: ['pos'], hub: { server_id: ourId } },
    });
    const hourAgo = Math.floor(Date.now() / 1000) - 3_600;
    expect({
      register: await ask(registerToken),
      hub: await ask(await peers.license('Corporate 1')),
      ofOthers: await ask(await peers.license('Register of others')),
      ofAnotherHub: await ask(await peers.license('Register 015-1')),
      anotherStore: await ask(await peers.license('Store 015')),
      expired: await ask(await peers.license(register, { set: { iat: hourAgo - 86_400, exp: hourAgo } })),
      fromTheFuture: await ask(await peers.license(register, { set: { iat: hourAgo + 10_800 } })),
      tampered: await ask(tampered(await peers.license('Register 015-1'), 'hub', { server_id: ourId })),
      bound: await ask(await peers.license(register, { set: { cnf: { jkt: 'A'.repeat(43) } } })),
      notForUs: await ask(await peers.license(register, { set: { aud: 'urn:another:resource' } })),
      nothing: await ask('not a token'),
    }).toEqual({
      register: 'our_peer',
      hub: 'our_hub',
      ofOthers: 'other_organization',
      ofAnotherHub: 'not_our_peer',
      anotherStore: 'not_our_peer',
      expired: 'expired',
      fromTheFuture: 'clock_wrong',
      tampered: 'signature_invalid',
      bound: 'proof_missing',
      notForUs: 'other_audience',
      nothing: 'malformed',
    });
  });

  test('a license past its renewal date: refused, or accepted with a warning, depending on the settings', async () => {
    const lapsed = await peers.license(register, { set: { license_renewal_date: '2020-01-31' } });
    expect(await ask(lapsed)).toBe('license_expired');
    await change({ expiredPeers: 'warn' });
    expect(await ask(lapsed)).toBe('our_peer, license_expired');
    await change({ expiredPeers: 'refuse' });
    expect(await ask(lapsed)).toBe('license_expired');
  });

  test('a refresh is announced, and there is a new token', async () => {
    const before = await client.token();
    const events = client.events(AbortSignal.timeout(30_000));
    expect((await events.next()).value).toMatchObject({ type: 'status', license: { status: 'licensed' } });
    expect(await app.call('license.check')).toMatchObject({ ok: true });
    let expiresAt = '';
    for await (const event of events) {
      if (event.type !== 'token_refreshed') continue;
      expiresAt = event.expires_at;
      break;
    }
    const after = await client.token();
    expect(after.access_token).not.toBe(before.access_token);
    expect(after.expires_at).toBe(expiresAt);
    expect(after.access_token).toBe((await storedLicense(app.userData))?.accessToken);
  });

  test('a key that the sandbox withdrew no longer counts once the console has refreshed; its own license stays', async () => {
    expect(await ask(registerToken)).toBe('our_peer');
    server.control.rotateKeys({ keepOld: false });
    expect(await ask(registerToken)).toBe('our_peer');
    expect(await app.call('license.check')).toMatchObject({ ok: true });
    expect(await ask(registerToken)).toBe('key_unknown');
    registerToken = await peers.license(register);
    const looks = asked('jwks');
    expect(await ask(registerToken)).toBe('our_peer');
    server.control.rotateKeys({ keepOld: false });
    const { userData } = app;
    await app.close();
    app = await ConsoleApp.launch({ userData });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    await expect.poll(() => asked('jwks')).toBe(looks + 1);
    await expect.poll(() => ask(registerToken)).toBe('key_unknown');
    expect(await client.license()).toMatchObject({ status: 'licensed', token: { state: 'fine' } });
    const { access_token: ownToken } = await client.token();
    expect(ownToken).toBe((await storedLicense(app.userData))?.accessToken);
    expect(await peers.isIssued(ownToken)).toBe(false);
    expect(await app.call('license.check')).toMatchObject({ ok: true });
    registerToken = await peers.license(register);
    expect(await ask(registerToken)).toBe('our_peer');
  });

  test('a proof of possession counts once, also across a restart of the console', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const jwk = await exportJWK(publicKey);
    const bound = await peers.license(register, { set: { cnf: { jkt: await calculateJwkThumbprint(jwk) } } });
    const url = 'https://store-014.example/orders';
    const prove = async () => {
      const ath = createHash('sha256').update(bound).digest('base64url');
      const proof = await new SignJWT({ jti: randomUUID(), htm: 'POST', htu: url, ath })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
        .setIssuedAt()
        .sign(privateKey);
      return { proof, method: 'POST', url };
    };
    const askWith = async (proof: Awaited<ReturnType<typeof prove>>) => {
      const answer = await client.verify(bound, proof);
      answered += 1;
      return answer.accepted ? answer.relation : answer.reason;
    };
    const captured = await prove();
    expect(await askWith(captured)).toBe('our_peer');
    expect(await askWith(captured)).toBe('proof_invalid');
    const { userData } = app;
    const looks = asked('jwks');
    await app.close();
    app = await ConsoleApp.launch({ userData });
    // Waits until the console has fetched the current keys, before another test changes them.
    await expect.poll(() => asked('jwks')).toBe(looks + 1);
    await expect.poll(async () => (await view()).state).toBe('listening');
    expect(await askWith(captured)).toBe('proof_invalid');
    expect(await askWith(await prove())).toBe('our_peer');
  });

  test('with curl: over the socket, and over loopback if that is switched on', async () => {
    const { socket } = await view();
    const answer = await curl(['--unix-socket', socket, 'http://localhost/v1/verify'], { token: registerToken });
    expect(answer).toMatchObject({ accepted: true, relation: 'our_peer' });
    await change({ tcpPort: await freePort() });
    await expect.poll(async () => (await view()).tcp).toBeTruthy();
    const { tcp } = await view();
    const overLoopback = await curl([`http://127.0.0.1:${tcp?.port}/v1/verify`], { token: registerToken });
    expect(overLoopback).toMatchObject({ accepted: true, relation: 'our_peer' });
    await change({ tcpPort: null });
  });

  test('the console restarts without a network: known keys are accepted, and a newer key cannot be checked yet', async () => {
    server.control.rotateKeys({ keepOld: true });
    const ofNewerKey = await peers.license(register);
    const { userData } = app;
    await app.close();
    await expect(client.verify(registerToken)).rejects.toMatchObject({ code: 'console_not_running' });
    await server.stop();
    app = await ConsoleApp.launch({ userData });
    await expect.poll(async () => (await view()).state).toBe('listening');
    expect(await ask(registerToken)).toBe('our_peer');
    expect(await ask(ofNewerKey)).toBe('key_unknown_offline');
    expect(await ask(registerToken)).toBe('our_peer');
    await server.start();
  });

  test('a revoked client is refused; switched off, nothing listens', async () => {
    const events = client.events();
    await events.next();
    const last = events.next();
    expect(await app.call('local_api.revoke_client', { id: created.client.id })).toMatchObject({ ok: true });
    await expect(client.verify(registerToken)).rejects.toMatchObject({ code: 'unauthorized', status: 401 });
    await expect(last).rejects.toMatchObject({ code: 'unauthorized' });
    await change({ on: false });
    await expect(client.verify(registerToken)).rejects.toMatchObject({
      code: 'console_not_running',
      message: /switch on its local license API/,
    });
  });

  /** `POST` with curl. The header goes through standard input, because other accounts can read a command line. */
  async function curl(where: readonly string[], body: object): Promise<unknown> {
    const json = ['--silent', '--json', JSON.stringify(body), '--header', '@-'];
    const child = execFile('curl', [...json, ...where]);
    child.stdin?.end(`Authorization: Bearer ${created.secret}\n`);
    let output = '';
    child.stdout?.on('data', (data) => {
      output += String(data);
    });
    await once(child, 'close');
    return JSON.parse(output);
  }
});

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  listener.close();
  return typeof address === 'object' && address ? address.port : 0;
}
