import { describe, expect, it } from 'vitest';
import { words } from '../../../../src-shared/words/words.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';

const store1 = { id: 'computer-1', name: 'STORE-PC-1' };
const store2 = { id: 'computer-2', name: 'STORE-PC-2' };
const halfLifeMs = 3 * 86_400_000;

/** A license that was acquired on one computer, and the same profile and keychain on another one. */
async function broughtTo(computer: typeof store1 | null): Promise<ConsoleAtWork> {
  const at = await ConsoleAtWork.create();
  await at.acquire();
  at.computer = computer;
  await at.restart();
  return at;
}

describe('a license whose account is used on two computers', () => {
  it('is shown with its owner on the second computer and never refreshed there, neither automatically nor by a click', async () => {
    const at = await broughtTo(store2);
    const { license, refresh } = at.services;
    const sent = at.kept?.refreshToken;
    const other = { code: 'license_of_another_computer', facts: { computer: 'STORE-PC-1' } };
    expect(refresh.view().lastFailure).toMatchObject(other);
    expect(refresh.view().nextRefreshAt).toBeUndefined();
    expect(license.view()?.evaluation.token.state).toBe('fine');
    await at.timer.advance(halfLifeMs);
    expect(await refresh.refreshNow()).toMatchObject({ ok: false, failure: other });
    expect(at.kept?.refreshToken).toBe(sent);
    expect(at.canRefresh).toBe(true);
    expect(
      words.failureWords(refresh.view().lastFailure ?? { code: 'internal_error', remedy: 'try_again' }).headline,
    ).toBe('This license belongs to the computer STORE-PC-1');
  });

  it('is refreshed automatically again on its own computer', async () => {
    const at = await broughtTo(store2);
    at.computer = { ...store1, name: 'RENAMED' };
    await at.restart();
    expect(at.services.refresh.view().lastFailure).toBeUndefined();
    await at.timer.advance(halfLifeMs);
    expect(at.services.refresh.view().lastFailure).toBeUndefined();
    expect(at.canRefresh).toBe(true);
    expect(at.services.license.record?.computer).toEqual(store1);
  });

  it('belongs to the second computer after a new authorization there, and the first one shows that', async () => {
    const at = await broughtTo(store2);
    await at.acquire();
    expect(at.services.refresh.view().lastFailure).toBeUndefined();
    expect(await at.services.refresh.refreshNow()).toMatchObject({ ok: true });
    at.computer = store1;
    await at.restart();
    expect(at.services.refresh.view().lastFailure).toMatchObject({ facts: { computer: 'STORE-PC-2' } });
  });

  it.each([
    ['if the system does not identify the computer', null],
    ['on the same computer', store1],
  ])('is refreshed without a failure %s', async (_where, computer) => {
    const at = await broughtTo(computer);
    expect(at.services.refresh.view().lastFailure).toBeUndefined();
    expect(await at.services.refresh.refreshNow()).toMatchObject({ ok: true });
  });

  it('belongs to the computer that refreshes it first if an earlier version acquired it', async () => {
    const at = await ConsoleAtWork.create();
    at.computer = null;
    await at.acquire();
    expect(at.services.license.record?.computer).toBeUndefined();
    at.computer = store1;
    await at.restart();
    expect(await at.services.refresh.refreshNow()).toMatchObject({ ok: true });
    expect(at.services.license.record?.computer).toEqual(store1);
  });
});
