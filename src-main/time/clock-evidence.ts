import type { ClockTimes } from '../../src-shared/license/license-status.ts';
import type { Failure } from '../../src-shared/result.ts';
import { clockToleranceMs } from './clock-check.ts';

/** What contradicts the clock of a computer for which no trusted time is known. `trustedAt` is the earliest time that it can be. */
interface ClockEvidence extends ClockTimes {
  readonly from: 'certificate' | 'program';
  /** The host that presented the certificate. Empty for the program, or if it is not known. */
  readonly host: string;
}

/**
 * The times of a certificate that is not valid yet. Undefined for every other failure. The network stack names a wrong date only if nothing
 * more serious is wrong, so an authority that this computer trusts issued it for this host. An authority issues none for the future.
 */
export function timesOfCertificate({ code, facts }: Failure): ClockTimes | undefined {
  if (code !== 'certificate_date_invalid' && code !== 'clock_wrong') return undefined;
  const [trustedAt, localAt] = [Number(facts?.['valid_from']), Number(facts?.['judged_at'])];
  return localAt < trustedAt ? { localAt, trustedAt } : undefined;
}

/** Both prove that the clock is behind: a program does not run before it was built. `builtAt` in ms. The latest time comes first. */
export function evidenceOfClock(
  localAt: number,
  builtAt: number,
  failures: readonly Failure[],
): readonly ClockEvidence[] {
  const certificates = failures.flatMap((failure): readonly ClockEvidence[] => {
    const times = timesOfCertificate(failure);
    return times ? [{ ...times, from: 'certificate', host: failure.facts?.['host'] ?? '' }] : [];
  });
  const isBeforeBuild = localAt < builtAt - clockToleranceMs;
  const program: readonly ClockEvidence[] = isBeforeBuild
    ? [{ localAt, trustedAt: builtAt, from: 'program', host: '' }]
    : [];
  return [...certificates, ...program].toSorted((one, other) => other.trustedAt - one.trustedAt);
}
