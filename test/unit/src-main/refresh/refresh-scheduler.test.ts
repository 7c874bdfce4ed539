import { expect, test } from 'vitest';
import { RefreshScheduler } from '../../../../src-main/refresh/refresh-scheduler.ts';
import { TrustedTime } from '../../../../src-main/time/trusted-time.ts';
import { failure } from '../../../../src-shared/result.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';
import { standing } from '../../../fakes/standing.ts';

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
