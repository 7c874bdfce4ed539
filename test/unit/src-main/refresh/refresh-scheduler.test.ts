import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pausesUntil } from '../../../../src-main/license/evaluate-license.ts';
import type { LicenseRecord } from '../../../../src-main/license/license-record.ts';
import { RefreshScheduler } from '../../../../src-main/refresh/refresh-scheduler.ts';
import { TrustedTime } from '../../../../src-main/time/trusted-time.ts';
import { failure } from '../../../../src-shared/result.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';
import { answer } from '../../../fakes/scripted-http.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { standing } from '../../../fakes/standing.ts';
import { said, tries } from '../../../fakes/tries.ts';

test('a failed refresh is tried again even if storing the failure throws', async () => {
  const clock = new FakeClock();
  const timer = new HandTimer(clock);
  const details = standing(clock.realAt).license?.details;
  if (!details) throw new Error('no license');
  let tries = 0;
  const scheduler = new RefreshScheduler({
    license: {
      record: { version: 1, issuer: '', details, lastRefreshedAt: clock.realAt, refreshDueAt: clock.realAt + 60_000 },
      noteFailure: () => {
        throw new Error('the disk broke');
      },
    },
    refresh: {
      run: async () => {
        tries += 1;
        return { ok: false, failure: failure('network_unreachable') };
      },
      saveUnsaved: async () => ({ ok: true, value: null }),
    },
    trustedTime: new TrustedTime(clock),
    timer,
    random: () => 0.5,
    onChanged: () => {},
    onFault: () => {},
  });
  await expect(scheduler.refreshNow()).rejects.toThrow('the disk broke');
  expect(timer.count).toBe(1);
  expect(tries).toBe(1);
});

const hour = 3_600_000;

test('a token of 8 h does not expire because a server that is back had asked for a pause of a day', async () => {
  const console = await ConsoleAtWork.create();
  console.server.tokenLifeSeconds = 8 * 3600;
  await console.acquire();
  console.services.refresh.plan();
  const { license, refresh } = console.services;
  const half = refresh.view().nextRefreshAt ?? 0;
  console.server.fault = (endpoint) => (endpoint === 'token' ? answer(503, '', { 'retry-after': '86400' }) : undefined);
  await console.timer.advance(half - console.clock.realAt + 1_000);
  expect(license.record?.lastFailure?.code).toBe('server_error');
  expect(refresh.view().nextRefreshAt).toBe(license.view()?.evaluation.token.warnsAt);
  console.server.fault = () => undefined;
  for (let hours = 0; hours < 30; hours += 1) {
    await console.timer.advance(hour);
    expect(['fine', 'expires_soon']).toContain(license.view()?.evaluation.token.state);
  }
  expect(license.record?.lastFailure).toBeUndefined();
});

/** A license whose refreshes fail, each with a Retry-After, from the time at which they are due until the token expires. */
async function triesUntilExpiry(
  lifeMs: number,
  tokenWarningSeconds: number | undefined,
  pauses: readonly number[],
  random: number,
) {
  const clock = new FakeClock();
  const timer = new HandTimer(clock);
  const issuedAt = clock.realAt;
  const { license } = standing(issuedAt, {
    details: {
      tokenIssuedAt: issuedAt,
      tokenExpiresAt: issuedAt + lifeMs,
      ...(tokenWarningSeconds === undefined ? {} : { tokenWarningSeconds }),
    },
  });
  if (!license) throw new Error('no license');
  const { details, evaluation } = license;
  let record: LicenseRecord = {
    version: 1,
    issuer: '',
    details,
    lastRefreshedAt: issuedAt,
    refreshDueAt: Math.round(issuedAt + lifeMs / 2),
  };
  const made: { readonly at: number; readonly pauseMs: number }[] = [];
  const scheduler = new RefreshScheduler({
    license: {
      get record() {
        return record;
      },
      noteFailure: (lastFailure, refreshDueAt) => {
        record = { ...record, lastFailure, lastFailureAt: clock.realAt, refreshDueAt };
      },
    },
    refresh: {
      run: async () => {
        const seconds = pauses[made.length % pauses.length] ?? 0;
        made.push({ at: clock.realAt, pauseMs: seconds * 1000 });
        return { ok: false, failure: failure('server_error', { facts: { retry_after: String(seconds) } }) };
      },
      saveUnsaved: async () => ({ ok: true, value: null }),
    },
    trustedTime: new TrustedTime(clock),
    timer,
    random: () => random,
    onChanged: () => {},
    onFault: () => {},
  });
  scheduler.plan();
  // A network that comes back again and again makes nothing faster.
  for (let part = 0; part < 20; part += 1) {
    await timer.advance(lifeMs / 20);
    scheduler.nudge();
    scheduler.reconnected();
  }
  scheduler.stop();
  return { made, warnsAt: evaluation.token.warnsAt, pausesUntil: pausesUntil(details), expiresAt: issuedAt + lifeMs };
}

test(`a server that asks for pauses gets them while the token has time, and two more attempts before it expires: ${said(60)} tokens`, async () => {
  const lives = fc.integer({ min: 10, max: 5 * 24 * 60 }).map((minutes) => minutes * 60_000);
  // As parts of the token's life; the longest pause that the console keeps is a day.
  const pauses = fc.array(fc.double({ min: 0.03, max: 20, noNaN: true }), { minLength: 1, maxLength: 4 });
  const warnings = fc.option(fc.integer({ min: 0, max: 30 * 86_400 }), { nil: undefined });
  const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  await fc.assert(
    fc.asyncProperty(lives, warnings, pauses, randoms, async (lifeMs, warning, asked, random) => {
      const seconds = asked.map((part) => Math.min(86_400, Math.ceil((lifeMs / 1000) * part)));
      const { made, warnsAt, pausesUntil: until, expiresAt } = await triesUntilExpiry(lifeMs, warning, seconds, random);
      expect(made.filter(({ at }) => at >= warnsAt && at < expiresAt).length).toBeGreaterThanOrEqual(2);
      for (const [index, { at, pauseMs }] of made.entries()) {
        const next = made[index + 1];
        if (next) expect(next.at).toBeGreaterThanOrEqual(Math.min(at + pauseMs, Math.floor(until)));
      }
    }),
    { numRuns: tries(60) },
  );
});
