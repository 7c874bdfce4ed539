import { expect, test } from 'vitest';
import { ProofKey } from '../../../../src-main/authorization/proof-key.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { settled, until } from '../../../fakes/until.ts';

const minute = 60_000;

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

test('a damaged key is no reason to try again and again: only a person can get another one', async () => {
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
