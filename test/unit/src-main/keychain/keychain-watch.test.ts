import { expect, test } from 'vitest';
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

test('a start waits for the due refresh, so an expired token is already replaced', async () => {
  const console = await ConsoleAtWork.create();
  await console.acquire();
  const services = console.boot(undefined, (console.server.tokenLifeSeconds ?? 0) * 1000 + minute);
  expect(services.license.view()?.evaluation.token.state).toBe('expired');
  await services.begin();
  expect(services.license.view()?.evaluation.token.state).toBe('fine');
});
