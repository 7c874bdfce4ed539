import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../../src-shared/failure-codes.ts';
import { failure } from '../../../../src-shared/result.ts';
import { parseKeptRecord } from '../../../../src-main/license/license-record.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { cutOffRemoval } from '../../../fakes/cut-off-removal.ts';
import type { HttpOutcome } from '../../../../src-main/ports/http.ts';
import { KillSwitch } from '../../../fakes/kill-switch.ts';
import { json, noAnswer } from '../../../fakes/scripted-http.ts';
import { TokenSigner } from '../../../fakes/token-signer.ts';
import { until } from '../../../fakes/until.ts';

const hour = 3_600_000;
const day = 24 * hour;

async function licensed(): Promise<ConsoleAtWork> {
  const console = await ConsoleAtWork.create();
  await console.acquire();
  return console;
}

const keychainCodes: readonly FailureCode[] = [
  'secret_store_missing',
  'secret_store_locked',
  'secret_store_timeout',
  'secret_store_refused',
];

describe('a license at start', () => {
  it('is shown from disk alone, without a request or a call to the keychain', async () => {
    const console = await licensed();
    const asked = console.server.requests.length;
    const { license } = console.boot();
    expect(license.view()).toMatchObject({
      details: { serverId: 'store-014' },
      evaluation: { renewal: { state: 'licensed' }, token: { state: 'fine' } },
    });
    expect(console.server.requests).toHaveLength(asked);
    expect(console.secrets.calls).toHaveLength(0);
  });

  it('T5: is verified with the stored keys after 30 days offline', async () => {
    const console = await licensed();
    console.documents.remove('license.p1');
    console.server.fault = () => noAnswer('network_unreachable', false);
    const { license } = await console.restart(30 * day);
    expect(license.view()).toMatchObject({
      details: { serverId: 'store-014' },
      evaluation: { token: { state: 'expired' } },
    });
  });

  it.each([
    ['absent', undefined],
    ['cut off', '{"version":1,"issuer":"https://au'],
    ['of wrong types', '{"version":1,"issuer":5}'],
    ['of another version', '{"version":2}'],
    [
      'with an instant that no date can hold',
      '{"version":1,"issuer":"i","details":{"serverId":"s","tokenIssuedAt":0,"tokenExpiresAt":1e300},"lastRefreshedAt":0,"refreshDueAt":0}',
    ],
  ])('S4: is rebuilt from the token in the keychain if its record is %s', async (_name, text) => {
    const console = await licensed();
    if (text === undefined) console.documents.files.delete('license.p1');
    else console.documents.files.set('license.p1', text);
    const { license } = console.boot();
    expect(license.view()).toBeNull();
    expect(console.documents.setAsideNames).toEqual(text === undefined ? [] : ['license.p1']);
    await license.reconcile();
    expect(license.view()?.details).toMatchObject({ serverId: 'store-014', licenseId: 'lic-1' });
    expect(console.canRefresh).toBe(true);
  });

  it('stays if its record holds a failure code of another version', async () => {
    const console = await licensed();
    const record = JSON.parse(console.documents.files.get('license.p1') ?? '');
    const kept = parseKeptRecord({ ...record, lastFailure: { code: 'of_tomorrow', remedy: 'none' } })?.record;
    expect(kept?.details.serverId).toBe('store-014');
    expect(kept?.lastFailure).toBeUndefined();
  });

  it('is rebuilt with keys from the server if none are stored', async () => {
    const console = await licensed();
    console.documents.files.clear();
    const { license } = await console.restart();
    expect(license.view()?.details.serverId).toBe('store-014');
  });

  it('is never shown if another key signed its token, and the token is not deleted', async () => {
    const console = await licensed();
    const stranger = await TokenSigner.create('ES256', 'ES256-1');
    const forged = await stranger.sign({
      ...JSON.parse(
        atob((console.kept?.accessToken ?? '').split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''),
      ),
      server_id: 'evil',
    });
    const value = JSON.stringify({ ...console.kept, accessToken: forged });
    console.secrets.entries.set('license.p1', value);
    console.documents.files.delete('license.p1');
    const { license } = await console.restart();
    expect(license.view()).toBeNull();
    expect(console.secrets.entries.get('license.p1')).toBe(value);
  });

  it('is still shown if its tokens are gone, with the failure secret_store_damaged', async () => {
    const console = await licensed();
    console.secrets.entries.clear();
    const { license } = await console.restart();
    expect(license.view()?.details.serverId).toBe('store-014');
    expect(license.record?.lastFailure?.code).toBe('secret_store_damaged');
  });

  it.each(['{"version":1', '{"version":9}', 'null', ''])(
    'is still shown if its tokens are damaged (%j), with a keychain failure, and nothing is deleted',
    async (value) => {
      const console = await licensed();
      console.secrets.entries.set('license.p1', value);
      const { license } = await console.restart();
      expect(license.keychainTrouble?.code).toBe('secret_store_damaged');
      expect(license.view()?.details.serverId).toBe('store-014');
      expect(console.secrets.entries.get('license.p1')).toBe(value);
    },
  );

  it.each(keychainCodes)('S3: is shown in spite of %s, and nothing is deleted', async (code) => {
    const console = await licensed();
    const before = console.kept;
    const { license } = console.boot();
    console.secrets.failing(code);
    await license.reconcile();
    expect(license.keychainTrouble?.code).toBe(code);
    expect(license.view()?.details.serverId).toBe('store-014');
    expect(console.kept).toEqual(before);
  });

  it('follows its tokens if its record is of another device because the process died in between', async () => {
    const console = await licensed();
    const record = console.documents.files.get('license.p1') ?? '';
    console.server.device = { server_id: 'store-015', server_name: 'Store 015' };
    console.clock.advance(hour);
    await console.acquire();
    console.documents.files.set('license.p1', record);
    const { license } = await console.restart();
    expect(license.view()?.details.serverId).toBe('store-015');
  });
});

describe('a license that is stored', () => {
  it('has its tokens in the keychain before its record is written', async () => {
    const console = await licensed();
    const steps = console.kill.steps.filter((step) => /license\.p1/.test(step));
    expect(steps).toEqual(['keychain write license.p1', 'document write license.p1']);
  });

  it('E8: has no token in its record or any other document', async () => {
    const console = await licensed();
    const disk = [...console.documents.files.values()].join('\n');
    expect(disk).not.toContain(console.kept?.accessToken);
    expect(disk).not.toContain('refresh-token-');
    expect(disk).not.toContain('device-code-');
  });

  it('is kept without its record if the disk is full', async () => {
    const console = await ConsoleAtWork.create();
    console.documents.writable = false;
    await console.acquire();
    expect(console.services.license.view()?.details.serverId).toBe('store-014');
    const { license } = await console.restart();
    expect(license.view()?.details.serverId).toBe('store-014');
  });

  it('is not changed by a failure, which is stored with it', async () => {
    const console = await licensed();
    const { license } = console.services;
    const before = license.view();
    license.noteFailure(failure('invalid_grant'));
    expect(license.view()).toEqual(before);
    expect(console.boot().license.record?.lastFailure?.code).toBe('invalid_grant');
  });
});

describe('Remove License', () => {
  it('revokes the grant at the server, then deletes tokens and record', async () => {
    const console = await licensed();
    expect(await console.services.license.remove(false)).toEqual({ ok: true, value: { revoked: true } });
    expect(console.server.openGrants).toHaveLength(0);
    expect(console.kept).toBeNull();
    expect(console.documents.files.has('license.p1')).toBe(false);
    expect(console.services.license.view()).toBeNull();
    const order = console.kill.steps.slice(-4).map((step) => step.replace(/ license\.p1$/, ''));
    expect(order).toEqual(['document write', 'http revocation', 'keychain remove', 'document remove']);
  });

  it.each<[string, HttpOutcome, string?]>([
    ['no network', noAnswer('network_unreachable', false)],
    ['a deadline', noAnswer('request_timeout')],
    ['5xx', json(503, {})],
    ['429', json(429, {})],
    ['a refusal', json(400, { error: 'unsupported_token_type' }), 'revocation_refused'],
    ['a refusal of public clients', json(401, { error: 'invalid_client' }), 'revocation_refused'],
  ])('names a revocation that fails (%s), and changes nothing', async (_name, outcome, code = 'revocation_failed') => {
    const console = await licensed();
    const before = { kept: console.kept, record: console.documents.files.get('license.p1') };
    console.server.fault = (endpoint) => (endpoint === 'revocation' ? outcome : undefined);
    const removed = await console.services.license.remove(false);
    expect(removed.ok ? 'removed' : removed.failure.code).toBe(code);
    expect({ kept: console.kept, record: console.documents.files.get('license.p1') }).toEqual(before);
    expect(console.services.license.view()).not.toBeNull();
  });

  it.each(['invalid_token', 'invalid_grant'])(
    'counts a grant that has already ended (%s) as revoked',
    async (error) => {
      const console = await licensed();
      console.server.fault = (endpoint) => (endpoint === 'revocation' ? json(400, { error }) : undefined);
      expect(await console.services.license.remove(false)).toEqual({ ok: true, value: { revoked: true } });
      expect(console.kept).toBeNull();
    },
  );

  it.each([true, false])(
    'reports without a refresh token that there was nothing to revoke (here only: %s)',
    async (hereOnly) => {
      const console = await ConsoleAtWork.create();
      console.server.issuesRefreshTokens = false;
      await console.acquire();
      const end = { revoked: false, nothingToRevoke: true };
      expect(await console.services.license.remove(hereOnly)).toEqual({ ok: true, value: end });
      expect(console.events.at(-1)).toEqual({ kind: 'removed', ...end });
      expect(console.server.count('revocation')).toBe(0);
      expect(console.kept).toBeNull();
    },
  );

  it('works offline for this computer only, and leaves the grant open at the server', async () => {
    const console = await licensed();
    console.server.fault = () => noAnswer('network_unreachable', false);
    expect(await console.services.license.remove(true)).toEqual({ ok: true, value: { revoked: false } });
    expect(console.kept).toBeNull();
    expect(console.server.openGrants).toHaveLength(1);
    expect((await console.restart()).license.view()).toBeNull();
  });

  it.each(keychainCodes)(
    'S3: fails with %s if the keychain cannot be read, and nothing is revoked or deleted',
    async (code) => {
      const console = await licensed();
      console.secrets.failing(code);
      const removed = await console.services.license.remove(false);
      expect(removed.ok ? 'removed' : removed.failure.code).toBe(code);
      expect(console.server.openGrants).toHaveLength(1);
      console.secrets.failing(null);
      expect((await console.restart()).license.view()).not.toBeNull();
      expect(console.canRefresh).toBe(true);
    },
  );

  it.each([true, false])(
    'S3: fails if the keychain cannot delete (here only: %s), and the next start deletes nothing',
    async (hereOnly) => {
      const console = await licensed();
      console.secrets.failing((operation) => (operation === 'remove' ? 'secret_store_timeout' : null));
      const removed = await console.services.license.remove(hereOnly);
      expect(removed.ok ? 'removed' : removed.failure.code).toBe('secret_store_timeout');
      expect(console.kept).not.toBeNull();
      const { license } = await console.restart();
      expect(license.view()?.details.serverId).toBe('store-014');
      expect((await license.remove(hereOnly)).ok).toBe(true);
    },
  );

  it('removes a license whose tokens are damaged', async () => {
    const console = await licensed();
    console.secrets.entries.set('license.p1', '{');
    // There was no token to revoke, and the result does not claim that the server was reached.
    expect(await console.services.license.remove(false)).toEqual({ ok: true, value: { revoked: false } });
    expect(console.server.openGrants).toHaveLength(1);
    expect(console.kept).toBeNull();
  });

  it('fails without a license: not_licensed', async () => {
    const console = await ConsoleAtWork.create();
    const removed = await console.services.license.remove(true);
    expect(removed.ok ? 'removed' : removed.failure.code).toBe('not_licensed');
  });

  it('succeeds once if two calls come at the same time, and the second finds nothing to remove', async () => {
    const console = await licensed();
    const { license } = console.services;
    const both = await Promise.all([license.remove(false), license.remove(false)]);
    expect(both.map((removed) => (removed.ok ? 'removed' : removed.failure.code))).toEqual(['removed', 'not_licensed']);
    expect(console.server.count('revocation')).toBe(1);
  });

  describe('interrupted before the server answered', () => {
    /** The process died during the request to the server. `ended`: the request had arrived. */
    async function cutOff(ended: boolean): Promise<ConsoleAtWork> {
      const console = await licensed();
      // The console first reads the keychain and marks the record.
      const kill = new KillSwitch(2, ended);
      console.boot(kill);
      void console.services.license.remove(false);
      await until(() => kill.dead, 'the kill');
      expect(kill.steps.at(-1)).toContain('revocation');
      expect(console.server.openGrants).toHaveLength(ended ? 0 : 1);
      return console;
    }

    it.each([true, false])('is finished at the next start (the server had ended the grant: %s)', async (ended) => {
      const console = await cutOff(ended);
      const { license } = await console.restart();
      expect(license.view()).toBeNull();
      expect(console.kept).toBeNull();
      expect(console.server.openGrants).toHaveLength(0);
      expect(console.documents.files.has('license.p1')).toBe(false);
    });

    it.each([true, false])(
      'waits until the server can be reached (the server had ended the grant: %s)',
      async (ended) => {
        const console = await cutOff(ended);
        console.server.fault = () => noAnswer('network_unreachable', false);
        const { license } = await console.restart();
        expect(license.view()).toBeNull();
        expect(console.kept).not.toBeNull();
        const again = await console.restart();
        expect(again.license.view()).toBeNull();
        expect(again.license.removalWaits).toBe(true);
        console.server.fault = () => undefined;
        await again.license.contactServer();
        expect(again.license.removalWaits).toBe(false);
        expect(console.kept).toBeNull();
        expect(console.server.openGrants).toHaveLength(0);
      },
    );

    it('is undone if the server refuses to end the grant', async () => {
      const console = await cutOff(false);
      console.server.fault = (endpoint) =>
        endpoint === 'revocation' ? json(400, { error: 'unsupported_token_type' }) : undefined;
      const { license } = await console.restart();
      expect(license.view()?.details.serverId).toBe('store-014');
      expect(console.canRefresh).toBe(true);
      const told = { kind: 'revocation_failed', of: 'removal', code: 'revocation_refused' };
      expect(console.events.at(-1)).toEqual(told);
      expect((await console.restart()).license.view()).not.toBeNull();
      expect(console.events.at(-1)).toEqual(told);
      expect((await license.remove(true)).ok).toBe(true);
    });

    it('is finished if the grant had already ended', async () => {
      const console = await cutOff(true);
      console.server.fault = (endpoint) =>
        endpoint === 'revocation' ? json(400, { error: 'invalid_token' }) : undefined;
      const { license } = await console.restart();
      expect(license.view()).toBeNull();
      expect(console.events.at(-1)).toEqual({ kind: 'removed', revoked: true });
    });
  });

  it('finishes at the next start after an interruption, and keeps a license acquired meanwhile', async () => {
    const console = await licensed();
    cutOffRemoval(console);
    const { license, acquisition } = console.boot();
    expect(license.view()).toBeNull();
    // Its revocation hangs while a person gets a new license.
    let letGo = () => {};
    const hanging = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const send = console.server.send.bind(console.server);
    let held = false;
    console.server.send = async (request) => {
      if (!held && request.url.endsWith('/revocation')) {
        held = true;
        await hanging;
      }
      return send(request);
    };
    const reconciled = license.reconcile();
    await until(() => held, 'the revocation');
    await acquisition.start();
    console.server.authorize();
    await console.timer.advance(5_000);
    letGo();
    await reconciled;
    await until(() => console.licensedTimes === 2, 'a license');
    expect(license.view()?.details.serverId).toBe('store-014');
    expect(console.canRefresh).toBe(true);
  });
});

describe('a token that was just issued', () => {
  it('is verified with fetched keys if the stored ones do not include its key, and each refresh fetches them once', async () => {
    const console = await licensed();
    const keysAsked = console.server.count('keys');
    expect(keysAsked).toBe(1);
    await console.services.refresh.refreshNow();
    expect(console.server.count('keys')).toBe(2);
    const stored = JSON.parse(console.documents.files.get('authorization-server.p1') ?? '');
    stored.keys.keys[0].kid = 'older-key';
    console.documents.files.set('authorization-server.p1', JSON.stringify(stored));
    const { refresh } = await console.restart();
    expect((await refresh.refreshNow()).ok).toBe(true);
    expect(console.server.count('keys')).toBe(3);
  });

  it('is verified with fetched keys if the stored ones are damaged', async () => {
    const console = await licensed();
    const stored = JSON.parse(console.documents.files.get('authorization-server.p1') ?? '');
    stored.keys.keys[0].x = 'AAAA';
    console.documents.files.set('authorization-server.p1', JSON.stringify(stored));
    const { refresh } = await console.restart();
    expect((await refresh.refreshNow()).ok).toBe(true);
  });
});
