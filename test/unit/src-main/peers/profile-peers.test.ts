import type { JSONWebKeySet } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HttpOutcome } from '../../../../src-main/ports/http.ts';
import { refetchAfterMs } from '../../../../src-main/peers/peer-keys.ts';
import { writeAfterMs } from '../../../../src-main/peers/peers-seen.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { answer, html, json, noAnswer } from '../../../fakes/scripted-http.ts';
import { licenseClaims, TokenSigner } from '../../../fakes/token-signer.ts';

const stranger = await TokenSigner.create('ES256', 'key-9');
let at: ConsoleAtWork;
beforeEach(async () => {
  at = await ConsoleAtWork.create();
});

const claims = (changes: Record<string, unknown> = {}) =>
  licenseClaims(at.clock.realAt, { server_id: 'register-3', hub: { server_id: 'store-014' }, ...changes });

describe('a key that the Authorization server withdraws', () => {
  const newer = () => TokenSigner.create('ES256', 'key-2');
  const publish = (keys: JSONWebKeySet) => {
    at.server.fault = (endpoint) => (endpoint === 'keys' ? json(200, keys) : undefined);
  };
  const both = async (other: TokenSigner) => ({
    keys: [...(await at.signer.keySet()).keys, ...(await other.keySet()).keys],
  });
  const outcomeOf = async (token: string) => {
    const verdict = await at.services.peers.verify({ token }, 'POS');
    return verdict.accepted ? verdict.relation : verdict.reason;
  };
  let stolen: TokenSigner;
  let token: string;
  beforeEach(async () => {
    stolen = await newer();
    publish(await both(stolen));
    await at.acquire();
    token = await stolen.sign(claims());
    expect(await outcomeOf(token)).toBe('our_peer');
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a refresh', () => at.services.refresh.refreshNow()],
    ['the contact at start', () => at.boot().begin()],
  ])('is refused after %s, and so is a token that was verified with it before', async (_name, contact) => {
    publish(await at.signer.keySet());
    const asked = at.server.count('keys');
    await contact();
    expect(at.server.count('keys')).toBe(asked + 1);
    expect(await outcomeOf(token)).toBe('key_unknown');
    expect(await outcomeOf(await at.signer.sign(claims()))).toBe('our_peer');
  });

  it.each<[string, () => Promise<HttpOutcome>]>([
    ['no keys', async () => json(200, { keys: [] })],
    ['foreign keys that do not fit the token just issued', async () => json(200, await (await newer()).keySet())],
    ['a page', async () => html(200)],
    ['nothing', async () => noAnswer('network_unreachable', false)],
  ])(
    'stays if the request for keys during a refresh gets %s, and the server counts as reachable',
    async (_name, made) => {
      const outcome = await made();
      at.server.fault = (endpoint) => (endpoint === 'keys' ? outcome : undefined);
      expect(await at.services.refresh.refreshNow()).toMatchObject({ ok: true });
      expect(at.services.connection).toEqual({ state: 'online' });
      expect(await outcomeOf(token)).toBe('our_peer');
    },
  );

  it('still verifies this server’s own token, with or without a record', async () => {
    const details = at.services.license.view()?.details;
    publish(await stolen.keySet());
    await at.boot().begin();
    expect(at.services.knownServer.keptKeys).toEqual(await stolen.keySet());
    at.server.fault = () => noAnswer('network_unreachable', false);
    at.documents.files.delete('license.p1');
    await at.boot().begin();
    expect(at.services.license.view()?.details).toEqual(details);
    expect(await at.services.token.current()).toMatchObject({ ok: true, value: { accessToken: at.kept?.accessToken } });
    expect(await outcomeOf(await at.signer.sign(claims()))).toBe('key_unknown_offline');
  });
});

describe('the peers of a licensed server', () => {
  beforeEach(() => at.acquire());

  it('are accepted, refused and remembered', async () => {
    const { peers } = at.services;
    expect(await peers.verify({ token: await at.signer.sign(claims()) }, 'POS')).toMatchObject({
      accepted: true,
      relation: 'our_peer',
    });
    const hub = claims({ server_id: 'corporate-1', hub: undefined });
    expect(await peers.verify({ token: await at.signer.sign(hub) }, 'POS')).toMatchObject({ relation: 'our_hub' });
    expect(await peers.verify({ token: await stranger.sign(claims()) }, 'Kitchen')).toMatchObject({
      reason: 'key_unknown',
    });
    expect(peers.view()).toMatchObject({
      at: at.clock.realAt,
      peers: [{ askedBy: 'Kitchen' }, { askedBy: 'POS' }, { askedBy: 'POS' }],
    });
  });

  it('are judged offline after a restart, and those seen are still known', async () => {
    const token = await at.signer.sign(claims());
    await at.services.peers.verify({ token }, 'POS');
    await at.services.settle();
    at.boot();
    at.server.fault = () => noAnswer('network_unreachable', false);
    const { peers } = at.services;
    expect(peers.view().peers).toMatchObject([{ acceptedCount: 1, verdict: { peer: { serverId: 'register-3' } } }]);
    const requests = at.server.requests.length;
    expect(await peers.verify({ token }, 'POS')).toMatchObject({ accepted: true });
    expect(at.server.requests).toHaveLength(requests);
    expect(await peers.verify({ token: await stranger.sign(claims()) }, 'POS')).toMatchObject({
      reason: 'key_unknown_offline',
    });
  });

  it('are refused once this server’s license names another server or organization, or is removed', async () => {
    const register = await at.signer.sign(claims());
    const verdictOf = async () => (await at.services.peers.verify({ token: register }, 'POS')) as { reason?: string };
    expect(await verdictOf()).toMatchObject({ accepted: true });
    at.server.device = { server_id: 'store-015' };
    await at.acquire();
    expect((await verdictOf()).reason).toBe('not_our_peer');
    at.server.device = { server_id: 'store-014', organization: { id: 'fc-trial7' } };
    await at.acquire();
    expect((await verdictOf()).reason).toBe('other_organization');
    at.server.device = {};
    await at.acquire();
    expect(await verdictOf()).toMatchObject({ accepted: true });
    await at.services.license.remove(true);
    expect((await verdictOf()).reason).toBe('not_licensed');
    await at.boot().begin();
    expect((await verdictOf()).reason).toBe('not_licensed');
  });

  it('are judged with the known keys if a page comes in place of the keys', async () => {
    at.server.fault = (endpoint) => (endpoint === 'keys' ? answer(200, '<html>Sign in</html>') : undefined);
    const { peers } = at.services;
    const token = await stranger.sign(claims());
    expect(await peers.verify({ token }, 'POS')).toMatchObject({ reason: 'key_unknown_offline' });
    expect(await peers.verify({ token: await at.signer.sign(claims()) }, 'POS')).toMatchObject({ accepted: true });
  });

  it('are judged by the setting for expired licenses at once', async () => {
    const { peers } = at.services;
    const token = await at.signer.sign(claims({ license_renewal_date: '2026-01-31' }));
    expect(await peers.verify({ token }, 'POS')).toMatchObject({ reason: 'license_expired' });
    at.expiredPeers = 'warn';
    expect(await peers.verify({ token }, 'POS')).toMatchObject({ accepted: true, warnings: ['license_expired'] });
  });

  it('are judged by trusted time, not by the computer’s clock', async () => {
    const { peers } = at.services;
    const token = await at.signer.sign(claims());
    for (const wallErrorMs of [-365 * 86_400_000, 365 * 86_400_000]) {
      at.clock.wallErrorMs = wallErrorMs;
      expect(await peers.verify({ token }, 'POS')).toMatchObject({ accepted: true, judgedAt: at.clock.realAt });
    }
  });

  it('are refused with clock_wrong if their token is issued 10 min ahead of trusted time', async () => {
    await at.timer.advance(refetchAfterMs);
    const ahead = claims({ iat: Math.floor(at.clock.realAt / 1000) + 600 });
    const verdict = await at.services.peers.verify({ token: await at.signer.sign(ahead) }, 'POS');
    expect(verdict).toMatchObject({ reason: 'clock_wrong', authentic: true, peer: { serverId: 'register-3' } });
  });

  it('leave nothing of their tokens on disk', async () => {
    const token = await at.signer.sign(claims());
    await at.services.peers.verify({ token }, 'POS');
    await at.services.peers.verify({ token: `${token.slice(0, -5)}AAAAA` }, 'POS');
    await at.timer.advance(writeAfterMs);
    const text = at.documents.files.get('peers.p1') ?? '';
    expect(text).toContain('register-3');
    for (const part of token.split('.')) expect(text).not.toContain(part.slice(0, 20));
  });

  it('are refused with not_licensed after the license is removed', async () => {
    const token = await at.signer.sign(claims());
    expect(await at.services.peers.verify({ token }, 'POS')).toMatchObject({ accepted: true });
    expect((await at.services.license.remove(false)).ok).toBe(true);
    expect(await at.services.peers.verify({ token }, 'POS')).toMatchObject({
      reason: 'not_licensed',
      authentic: false,
      peer: { serverId: 'register-3' },
    });
  });
});

it('a server without a license sends no request and accepts no peer', async () => {
  const token = await at.signer.sign(claims());
  expect(await at.services.peers.verify({ token }, 'POS')).toMatchObject({ reason: 'not_licensed' });
  expect(await at.services.peers.verify({ token: 'x'.repeat(1_000_000) }, 'POS')).toMatchObject({ peer: null });
  expect(at.server.requests).toEqual([]);
});
