import { describe, expect, it } from 'vitest';
import { nodeSeal } from '../../../../src-main/adapters/computer/node-seal.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { answer, noAnswer } from '../../../fakes/scripted-http.ts';
import { until } from '../../../fakes/until.ts';

const day = 86_400_000;

async function licensed(): Promise<ConsoleAtWork> {
  const console = await ConsoleAtWork.create();
  console.server.device = { license_renewal_date: '2026-12-31' };
  await console.acquire();
  return console;
}
type Document = Record<string, unknown> & { details: Record<string, unknown> };
function edit(console: ConsoleAtWork, change: (record: Document) => void): void {
  const record = JSON.parse(console.documents.files.get('license.p1') ?? '') as Document;
  change(record);
  console.documents.files.set('license.p1', JSON.stringify(record));
}
const fails = (): never => {
  throw new Error('no license');
};
const named = (console: ConsoleAtWork) => console.events.filter(({ kind }) => kind === 'record_altered').length;

describe('the seal', () => {
  it('is an HMAC-SHA-256 (RFC 4231, test case 2), and a key is 256 bits', () => {
    const code = nodeSeal.of(Buffer.from('Jefe').toString('base64url'), 'what do ya want for nothing?');
    expect(Buffer.from(code, 'base64url').toString('hex')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
    expect(Buffer.from(nodeSeal.newKey(), 'base64url')).toHaveLength(32);
    expect(nodeSeal.newKey()).not.toBe(nodeSeal.newKey());
  });
});

describe('a sealed license record', () => {
  it('is intact after any number of refreshes, failures and restarts', async () => {
    const console = await licensed();
    for (let time = 0; time < 5; time += 1) {
      await console.services.refresh.refreshNow();
      console.server.fault = () => noAnswer('network_unreachable', false);
      await console.services.refresh.refreshNow();
      console.server.fault = () => undefined;
      await console.restart(day);
    }
    expect(named(console)).toBe(0);
  });

  it.each<[string, (record: Document) => void]>([
    ['the renewal date', ({ details }) => (details['renewalDate'] = { endsAt: 4_000_000_000_000 })],
    ['the server', ({ details }) => (details['serverId'] = 'store-666')],
    ['the end of the token', ({ details }) => (details['tokenExpiresAt'] = 4_000_000_000_000)],
    ['the mark of trusted time', (record) => (record['trustedAt'] = 1)],
    ['the seal', (record) => (record['seal'] = nodeSeal.of(nodeSeal.newKey(), 'x'))],
    ['no seal at all', (record) => delete record['seal']],
  ])('is reported once if it was altered (%s), and is read from the token again', async (_what, change) => {
    const console = await licensed();
    const good = console.services.license.view()?.details;
    edit(console, change);
    console.server.fault = () => noAnswer('network_unreachable', false);
    await console.restart();
    expect(named(console)).toBe(1);
    expect(console.services.license.view()?.details).toEqual(good);
    await console.restart();
    expect(named(console)).toBe(1);
  });

  it('is not reported as altered because of the details of a failed refresh, nor while the keychain is locked', async () => {
    const console = await licensed();
    console.services.license.noteFailure({ code: 'server_error', remedy: 'try_again' }, 5);
    edit(console, (record) => (record['lastRefreshedAt'] = 7));
    await console.restart();
    expect(named(console)).toBe(0);
    edit(console, ({ details }) => (details['serverName'] = 'Store 666'));
    console.boot();
    console.secrets.failing('secret_store_locked');
    await console.services.license.reconcile();
    expect(named(console)).toBe(0);
    expect(console.services.license.view()?.details.serverName).toBe('Store 666');
    console.secrets.failing(null);
    await console.services.license.reconcile();
    expect(named(console)).toBe(1);
    expect(console.services.license.view()?.details.serverName).toBe('Store 014');
  });

  it.each(['here', 'at_server'])(
    'removes nothing if somebody wrote the start of a removal (%s) into it',
    async (removing) => {
      const console = await licensed();
      const good = console.services.license.view()?.details;
      edit(console, (record) => (record['removing'] = removing));
      await console.restart();
      expect(console.services.license.view()?.details).toEqual(good);
      expect((await console.services.license.readSecrets()).ok).toBe(true);
      expect(console.events.some(({ kind }) => kind === 'removed')).toBe(false);
      expect(named(console)).toBe(1);
      await console.restart();
      expect(console.services.license.view()?.details).toEqual(good);
      expect(await console.services.license.remove(true)).toMatchObject({ ok: true });
    },
  );

  it('stays altered on disk until the token was read, and a failure stored meanwhile does not seal it', async () => {
    const console = await licensed();
    edit(console, ({ details }) => (details['serverName'] = 'Store 666'));
    console.boot();
    console.secrets.failing('secret_store_locked');
    await console.services.refresh.refreshNow();
    expect(console.services.license.record?.lastFailure?.code).toBe('secret_store_locked');
    await console.restart();
    expect(named(console)).toBe(1);
  });
});

describe('the next refresh according to an altered record', () => {
  const never = 8_640_000_000_000_000;
  const failedNow = (console: ConsoleAtWork) => (record: Document) => {
    record['lastFailure'] = { code: 'too_many_requests', remedy: 'wait' };
    record['lastFailureAt'] = console.clock.realAt;
    record['refreshDueAt'] = never;
  };

  it('is never later than the latest refresh that the console plans', async () => {
    const console = await licensed();
    edit(console, (record) => (record['refreshDueAt'] = never));
    await console.restart();
    const { tokenIssuedAt, tokenExpiresAt } = console.services.license.view()?.details ?? fails();
    const latest = tokenIssuedAt + 0.6 * (tokenExpiresAt - tokenIssuedAt);
    expect(console.services.refresh.view().nextRefreshAt).toBe(latest);
    await console.timer.advance(latest - console.clock.realAt);
    await until(() => console.services.license.view()?.details.tokenIssuedAt !== tokenIssuedAt, 'another token');
    expect(named(console)).toBe(0);
  });

  it.each([undefined, 3_600, 0, 365 * 86_400])(
    'comes no later than the warning, even with a made-up failure (warning: %s s)',
    async (token_warning_seconds) => {
      const console = await ConsoleAtWork.create();
      console.server.device = { token_warning_seconds };
      await console.acquire();
      edit(console, failedNow(console));
      await console.restart();
      const { details, evaluation } = console.services.license.view() ?? fails();
      const half = details.tokenIssuedAt + 0.6 * (details.tokenExpiresAt - details.tokenIssuedAt);
      expect(console.services.refresh.view().nextRefreshAt).toBe(Math.max(half, evaluation.token.warnsAt));
    },
  );

  it('stays at the time that the server asked for if that is before the warning', async () => {
    const console = await licensed();
    console.server.fault = () => answer(429, '', { 'retry-after': '7200' });
    await console.services.refresh.refreshNow();
    const { nextRefreshAt } = console.services.refresh.view();
    await console.restart();
    expect(console.services.refresh.view().nextRefreshAt).toBe(nextRefreshAt);
    expect(nextRefreshAt).toBeGreaterThan(console.clock.realAt + 7_000_000);
  });
});

describe('the mark of trusted time', () => {
  it('survives a restart and shows that a clock was set back while the computer was off', async () => {
    const console = await licensed();
    await console.services.license.contactServer();
    console.clock.wallErrorMs = -2 * day;
    console.boot(undefined, day);
    expect(console.trustedTime.evaluate().clock).toHaveProperty('doubt');
    console.server.fault = () => noAnswer('network_unreachable', false);
    await console.trustedTime.settle();
    expect(console.trustedTime.evaluate().clock.state).toBe('wrong');
    // The console asks once, and not again while nothing has changed.
    await console.trustedTime.settle();
    expect(console.server.count('time')).toBe(1);
  });

  it('is ignored if it was altered to be far ahead, once the key of the seal is read', async () => {
    const console = await licensed();
    const ahead = console.clock.realAt + 3650 * day;
    edit(console, (record) => (record['trustedAt'] = ahead));
    console.boot();
    expect(console.trustedTime.evaluate().clock).toHaveProperty('doubt');
    console.server.fault = () => noAnswer('network_unreachable', false);
    await console.services.license.reconcile();
    expect(console.trustedTime.evaluate().clock).toEqual({ state: 'right' });
  });

  it('is stored after it has moved far enough, and not for every response', async () => {
    const console = await licensed();
    const writes = () => console.kill.steps.filter((step) => step === 'document write license.p1').length;
    await console.services.license.contactServer();
    const before = writes();
    console.services.license.keepMark(60_000);
    expect(writes()).toBe(before);
    console.clock.advance(61_000);
    console.services.license.keepMark(60_000);
    expect(writes()).toBe(before + 1);
  });
});
