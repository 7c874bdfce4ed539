import { expect, test } from './console-test.ts';
import { words } from '../../src-shared/words/words.ts';
import { type AcquireRewrite, acquireRewrites } from './field-faults/acquire-rewrites.ts';
import { type RefreshRewrite, refreshRewrites } from './field-faults/refresh-rewrites.ts';
import { RewritingProxy } from './field-faults/rewriting-proxy.ts';
import { differs, leadingNotice, settled, wrongNextTry } from './faults/fault-cell.ts';
import { device, FaultScene, quickly } from './faults/fault-scene.ts';
import { storedAccounts, storedLicense } from './real-keychain.ts';

/** Characters that must not reach a person: control characters, bidirectional controls and invisible ones. */
const unseen = /[\p{Cc}\p{Bidi_Control}\u200b\ufeff]/u;
const fewRetriesSeconds = 120;

let scene: FaultScene;
let proxy: RewritingProxy;
let ran = 0;

const grants = () => scene.server.control.grantsOfDevice({ device }).grants;

/** Applies one rewrite to one refresh. Checks what is shown, stored and planned, and the result of the next refresh. */
async function refreshThrough(row: RefreshRewrite): Promise<string[]> {
  const { app } = scene;
  await settled(scene);
  const sent = (await storedLicense(app.userData))?.refreshToken;
  proxy.plan(row.rewrites);
  const needsOthers = row.rewrites.some(({ path }) => !path.test('/token'));
  if (needsOthers) await scene.askMetadata();
  const answer = await app.call('license.check');
  await settled(scene);
  await expect.poll(async () => (await app.state()).clock.state, quickly).toBe('right');
  const { license, refresh } = await app.state();
  const kept = (await storedLicense(app.userData))?.refreshToken;
  const expected = row.keeps === 'sent' ? sent : proxy.lastRefreshToken;
  const reason = refresh.lastFailure;
  const leads = row.fails?.leads ?? null;
  const problems = [
    ...differs('answer', answer.failure?.code, row.fails?.code),
    ...differs('reason', reason?.code, row.fails?.code),
    ...differs('headline', reason && words.failureWords(reason).headline, row.fails?.headline),
    ...differs('unseen letters in its detail', unseen.test(reason?.detail ?? ''), false),
    ...differs('status', license?.evaluation.renewal.state, 'licensed'),
    ...differs('token', license?.evaluation.token.state, 'fine'),
    ...differs('first notice', await leadingNotice(scene, leads), leads),
    ...wrongNextTry(refresh, row.next, license?.evaluation, fewRetriesSeconds),
    ...differs(`the ${row.keeps} refresh token is kept`, kept === expected && kept !== undefined, true),
    ...differs('open grants', grants().length, 1),
  ];
  proxy.plan([]);
  expect(await app.call('license.check'), `after ${row.what}`).toMatchObject({ ok: true });
  await settled(scene);
  problems.push(
    ...differs('once it is gone: kept', (await storedLicense(app.userData))?.refreshToken, proxy.lastRefreshToken),
    ...differs('once it is gone: open grants', grants().length, 1),
  );
  return problems.map((problem) => `${row.what}: ${problem}`);
}

/** Applies one rewrite to one acquisition. Whether it succeeds or not, no useless grant may stay open at the server. */
async function acquireThrough(row: AcquireRewrite): Promise<string[]> {
  const { app, server } = scene;
  const now = async () => (await app.state()).acquisition;
  await app.call('acquisition.cancel');
  proxy.plan(row.rewrites);
  await app.call('acquisition.start');
  const problems: string[] = [];
  if (!row.withoutCode) {
    const acquisition = await now();
    if (acquisition.state !== 'awaiting_authorization') return [`${row.what}: no code: ${JSON.stringify(acquisition)}`];
    await expect(app.userCode).toHaveText(acquisition.code.userCode);
    problems.push(...differs('shown', /Infinity|NaN/.test((await app.page.textContent('body')) ?? ''), false));
    if (row.fails !== 'access_denied')
      await server.control.authorizeCode({ userCode: acquisition.code.userCode, device });
  }
  const { fails } = row;
  if (fails) {
    await expect(app.failure(fails), row.what).toBeVisible();
    const failed = await now();
    problems.push(...differs('failure', failed.state === 'failed' ? failed.failure.code : failed.state, fails));
  } else {
    await expect(app.field('licenseStatus'), row.what).toHaveText('Licensed');
    problems.push(...differs('open grants while licensed', grants().length, 1));
    proxy.plan([]);
    expect(await app.call('license.remove', { hereOnly: false })).toMatchObject({ ok: true });
    await expect(app.button('Next')).toBeVisible();
  }
  await expect.poll(() => grants().length, { message: `${row.what}: open grants` }).toBe(0);
  problems.push(...differs('entries in the keychain', (await storedAccounts(app.userData)).length, 0));
  return problems.map((problem) => `${row.what}: ${problem}`);
}

async function runRows<Row extends { kind: number; what: string }>(
  rows: readonly Row[],
  run: (row: Row) => Promise<string[]>,
): Promise<void> {
  const problems: string[] = [];
  for (const row of rows) {
    problems.push(...(await run(row)));
    ran += 1;
  }
  const kinds = [...new Set(rows.map(({ kind }) => kind))].toSorted((one, other) => one - other);
  const counts = kinds.map((kind) => `kind ${kind}: ${rows.filter((row) => row.kind === kind).length}`);
  console.log(`${rows.length} rewrites (${counts.join(', ')}), ${proxy.rewritten} answers rewritten`);
  expect(problems).toEqual([]);
}

test.describe('@field-faults', () => {
  test.beforeEach(async () => {
    scene = await FaultScene.open();
    proxy = await RewritingProxy.start();
    await scene.app.expectAudience(null);
    await scene.changeNetwork({ proxy: proxy.address });
  });

  test.afterEach(async () => {
    await scene.close();
    await proxy.close();
  });

  test(`${refreshRewrites.length} rewrites while a license is refreshed: each with the right status, message, next try, open grants and refresh token`, async () => {
    test.setTimeout(60_000 + refreshRewrites.length * 10_000);
    scene.claims = { license_renewal_date: '2099-06-15' };
    await scene.acquire();
    await runRows(refreshRewrites, refreshThrough);
    await scene.restart();
    await expect(scene.app.field('licenseStatus')).toHaveText('Licensed');
  });

  test(`${acquireRewrites.length} rewrites while a license is acquired: each ends licensed or with its message, and nothing is left open`, async () => {
    test.setTimeout(60_000 + acquireRewrites.length * 15_000);
    await runRows(acquireRewrites, acquireThrough);
  });

  test.afterAll(() => console.log(`Field faults: ${ran} rewrites run`));
});
