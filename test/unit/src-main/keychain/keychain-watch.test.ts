import { expect, test } from 'vitest';
import { ProofKey } from '../../../../src-main/authorization/proof-key.ts';
import { KeychainWatch } from '../../../../src-main/keychain/keychain-watch.ts';
import { type Failure, failure } from '../../../../src-shared/result.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';
import { settled, until } from '../../../fakes/until.ts';

const minute = 60_000;

/** Servers whose keychain answers one call at a time, each after two minutes, as one does that waits for a person. */
function slowKeychain(names: readonly string[]) {
  const timer = new HandTimer(new FakeClock());
  const asked: string[] = [];
  const back: string[] = [];
  const faults: unknown[] = [];
  const keychain = { trouble: failure('secret_store_timeout') as Failure | null, running: 0, most: 0 };
  const watch = new KeychainWatch({ timer, onFault: (thrown) => faults.push(thrown) });
  const servers = names.map((name) => {
    const license = {
      keychainTrouble: keychain.trouble,
      get missesTokens() {
        return license.keychainTrouble !== null;
      },
      reconcile: async () => {
        asked.push(name);
        keychain.running += 1;
        keychain.most = Math.max(keychain.most, keychain.running);
        await new Promise<void>((resolve) => timer.schedule(2 * minute, resolve));
        keychain.running -= 1;
        license.keychainTrouble = keychain.trouble;
      },
    };
    return { license, onBack: () => void back.push(name) };
  });
  for (const server of servers) watch.begin(server);
  return { timer, asked, back, faults, keychain, watch, servers };
}

test('a slow keychain is asked by one server at a time, in turn, and rests in between: 200 looks', async () => {
  const { timer, asked, back, keychain } = slowKeychain(['a', 'b', 'c', 'd', 'e']);
  await timer.advance(200 * (5 + 2) * minute);
  expect(keychain.most).toBe(1);
  expect(asked).toHaveLength(200);
  expect(asked.slice(0, 7)).toEqual(['a', 'b', 'c', 'd', 'e', 'a', 'b']);
  expect(back).toEqual([]);
});

test('once the keychain answers, all servers are reconciled in one round', async () => {
  const { timer, asked, back, keychain } = slowKeychain(['a', 'b', 'c']);
  await timer.advance(7 * minute);
  expect(asked).toEqual(['a']);
  keychain.trouble = null;
  await timer.advance((5 + 3 * 2) * minute);
  expect(back).toEqual(['b', 'c', 'a']);
  await timer.advance(60 * minute);
  expect(asked).toEqual(['a', 'b', 'c', 'a']);
});

test('a missing entry of one server does not keep the others waiting', async () => {
  const { timer, asked, keychain } = slowKeychain(['a', 'b', 'c']);
  keychain.trouble = failure('secret_store_damaged');
  await timer.advance((5 + 3 * 2) * minute);
  expect(asked).toEqual(['a', 'b', 'c']);
});

test.each(['reconcile', 'onBack'])('an error of one server in %s does not keep the others waiting', async (broken) => {
  const { timer, asked, back, faults, keychain, servers } = slowKeychain(['a', 'b', 'c']);
  const [first] = servers;
  if (!first) throw new Error('no servers');
  keychain.trouble = null;
  const fails = () => {
    throw new Error('broken');
  };
  if (broken === 'onBack') first.onBack = fails;
  else first.license.reconcile = async () => fails();
  await timer.advance((5 + 3 * 2) * minute);
  expect(faults).toEqual([new Error('broken')]);
  expect(asked.filter((name) => name !== 'a')).toEqual(['b', 'c']);
  expect(back).toEqual(['b', 'c']);
});

test('the watch goes on after an error, and ends with the last server', async () => {
  const { timer, asked, faults, watch, servers } = slowKeychain(['a']);
  const [server] = servers;
  if (!server) throw new Error('no servers');
  const { reconcile } = server.license;
  server.license.reconcile = async () => {
    throw new Error('broken');
  };
  await timer.advance(5 * minute);
  expect(faults).toEqual([new Error('broken')]);
  server.license.reconcile = reconcile;
  await timer.advance(5 * minute);
  expect(asked).toEqual(['a']);
  watch.end(server);
  await timer.advance(60 * minute);
  expect(asked).toEqual(['a']);
  expect(timer.count).toBe(0);
  watch.begin(server);
  await timer.advance(5 * minute);
  expect(asked).toEqual(['a', 'a']);
});

test('a keychain that is unlocked after the start is noticed, even if no refresh is due', async () => {
  const console = await ConsoleAtWork.create();
  await console.acquire();
  const services = console.boot();
  console.secrets.failing('secret_store_locked');
  await services.begin();
  expect(services.license.keychainTrouble?.code).toBe('secret_store_locked');
  console.secrets.failing(null);
  await console.timer.advance(5 * minute);
  expect(services.license.keychainTrouble).toBeNull();
});

test('a lost record is restored and refreshed once the keychain is unlocked', async () => {
  const console = await ConsoleAtWork.create();
  await console.acquire();
  const issuedAt = console.services.license.record?.details.tokenIssuedAt ?? 0;
  console.documents.remove('license.p1');
  const services = console.boot();
  console.secrets.failing('secret_store_locked');
  await services.begin();
  expect(services.license.view()).toBeNull();
  console.secrets.failing(null);
  await console.timer.advance(5 * minute);
  await until(() => services.license.view() !== null, 'the record');
  await settled();
  await console.timer.advance(minute);
  await until(() => (services.license.record?.details.tokenIssuedAt ?? 0) > issuedAt, 'the refresh');
  expect(services.license.record?.lastFailure).toBeUndefined();
});

test('tokens that are missing while another database is open are noticed when they are back, and the refresh is made up for', async () => {
  const console = await ConsoleAtWork.create();
  await console.acquire();
  const services = console.boot();
  await services.begin();
  const { secrets } = console;
  const read = secrets.read.bind(secrets);
  secrets.read = async () => ({ ok: true, value: null });
  const half = services.refresh.view().nextRefreshAt ?? 0;
  await console.timer.advance(half - console.clock.realAt + minute);
  expect(services.license.record?.lastFailure?.code).toBe('secret_store_damaged');
  await console.timer.advance(60 * minute);
  const failures = console.events.filter(({ kind }) => kind === 'refresh_failed');
  expect(failures).toHaveLength(1);
  secrets.read = read;
  const issuedAt = services.license.record?.details.tokenIssuedAt ?? 0;
  await console.timer.advance(6 * minute);
  await until(() => (services.license.record?.details.tokenIssuedAt ?? 0) > issuedAt, 'the refresh');
  expect(services.license.record?.lastFailure).toBeUndefined();
  expect(console.canRefresh).toBe(true);
});

test('a damaged key is not tried again: only a person can get another one', async () => {
  const console = await ConsoleAtWork.create();
  await console.acquire();
  const services = console.boot();
  await services.begin();
  const secrets = await services.license.readSecrets();
  if (!secrets.ok || !secrets.value) throw new Error('no tokens');
  const { privateJwk } = await ProofKey.create();
  await services.license.storeSecrets({ ...secrets.value, dpopKey: { ...privateJwk, x: 'A'.repeat(43) } });
  expect(await services.refresh.refreshNow()).toMatchObject({ failure: { code: 'secret_store_damaged' } });
  await console.timer.advance(60 * minute);
  expect(console.events.filter(({ kind }) => kind === 'refresh_failed')).toHaveLength(1);
});

test('a start waits for the due refresh, so an expired token is already replaced', async () => {
  const console = await ConsoleAtWork.create();
  await console.acquire();
  const services = console.boot(undefined, (console.server.tokenLifeSeconds ?? 0) * 1000 + minute);
  expect(services.license.view()?.evaluation.token.state).toBe('expired');
  await services.begin();
  expect(services.license.view()?.evaluation.token.state).toBe('fine');
});
