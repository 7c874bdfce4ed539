import { describe, expect, it } from 'vitest';
import { evidenceOfClock, timesOfCertificate } from '../../../../src-main/time/clock-evidence.ts';
import { type Failure, failure } from '../../../../src-shared/result.ts';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 30);

const certificate = (code: Failure['code'], from: number | undefined, judged: number | undefined = now): Failure =>
  failure(code, {
    facts: {
      host: 'auth.example',
      ...(from === undefined ? {} : { valid_from: String(from) }),
      ...(judged === undefined ? {} : { judged_at: String(judged) }),
      valid_until: String(now + 90 * dayMs),
    },
  });

describe('the evidence about the clock of a computer without trusted time', () => {
  it.each<[string, Failure, boolean]>([
    ['is a certificate that is valid from tomorrow', certificate('certificate_date_invalid', now + dayMs), true],
    ['is the same if the failure already names the clock', certificate('clock_wrong', now + dayMs), true],
    ['is no certificate that has expired', certificate('certificate_date_invalid', now - 90 * dayMs), false],
    ['is no certificate that is valid from now on', certificate('certificate_date_invalid', now), false],
    ['is no certificate whose dates nobody saw', certificate('certificate_date_invalid', undefined), false],
    ['is no certificate if it is not known when it was judged', certificateWithoutClock(), false],
    ['is no certificate of an authority that is not trusted', certificate('certificate_untrusted', now + dayMs), false],
    ['is no certificate of another host', certificate('certificate_invalid', now + dayMs), false],
    ['is no failure without a certificate', failure('network_unreachable'), false],
  ])('%s', (_name, found, isEvidence) => {
    expect(timesOfCertificate(found)).toEqual(isEvidence ? { localAt: now, trustedAt: now + dayMs } : undefined);
    expect(evidenceOfClock(now, 0, [found])).toEqual(
      isEvidence ? [{ from: 'certificate', host: 'auth.example', localAt: now, trustedAt: now + dayMs }] : [],
    );
  });

  it.each<[string, number, boolean]>([
    ['is a program that was built an hour later', now + 3_600_000, true],
    ['is no program that was built within the tolerance', now + 60_000, false],
    ['is no program that was built earlier', now - dayMs, false],
    ['is no program that does not know when it was built', 0, false],
  ])('%s', (_name, builtAt, isEvidence) => {
    expect(evidenceOfClock(now, builtAt, []).map(({ from }) => from)).toEqual(isEvidence ? ['program'] : []);
  });

  it('has the latest time first', () => {
    const found = evidenceOfClock(now, now + 2 * dayMs, [
      certificate('certificate_date_invalid', now + dayMs),
      certificate('certificate_date_invalid', now + 3 * dayMs),
    ]);
    expect(found.map(({ trustedAt }) => (trustedAt - now) / dayMs)).toEqual([3, 2, 1]);
  });
});

function certificateWithoutClock(): Failure {
  return failure('certificate_date_invalid', { facts: { valid_from: String(now + dayMs) } });
}
