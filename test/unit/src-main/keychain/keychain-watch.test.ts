import { expect, test } from 'vitest';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { settled, until } from '../../../fakes/until.ts';

const minute = 60_000;

test('a keychain that opens after a start in the background: its trouble ends, though nothing is due and nobody clicks', async () => {
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

test('a record that was lost comes back with a keychain that opens later, and is refreshed again', async () => {
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

test('a start resolves when the refresh that was due is through: nobody is told of what it sets right', async () => {
  const console = await ConsoleAtWork.create();
  await console.acquire();
  const services = console.boot(undefined, (console.server.tokenLifeSeconds ?? 0) * 1000 + minute);
  expect(services.license.view()?.evaluation.token.state).toBe('expired');
  await services.begin();
  expect(services.license.view()?.evaluation.token.state).toBe('fine');
});
