import { DateTime, IANAZone } from 'luxon';
import type { RenewalDate } from '../../src-shared/license-status.ts';

/**
 * Reads `license_renewal_date`: `YYYY-MM-DD`, RFC 3339 or NumericDate (RFC 7519 §2). A date without a time is valid
 * through the end of that day in the zone that the token names, else UTC. Null where it is none of these.
 */
export function parseRenewalDate(claim: unknown, timeZoneClaim: unknown): RenewalDate | null {
  if (typeof claim === 'number') return isPlausible(claim * 1000) ? { endsAt: Math.round(claim * 1000) } : null;
  if (typeof claim !== 'string') return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(claim)) return parsePlainDate(claim, timeZoneClaim);
  if (!/^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/.test(claim)) return null;
  const instant = DateTime.fromISO(claim.replace(' ', 'T').toUpperCase(), { setZone: true });
  return instant.isValid ? { endsAt: instant.toMillis() } : null;
}

/** Ends of days that were worked out lately: zones are slow, and the tokens of a company's devices name few. */
const known = new Map<string, RenewalDate | null>();
const mostKnown = 256;

function parsePlainDate(date: string, timeZoneClaim: unknown): RenewalDate | null {
  const zoneName = typeof timeZoneClaim === 'string' && timeZoneClaim.length <= 100 ? timeZoneClaim : 'UTC';
  const name = `${date} ${zoneName}`;
  const remembered = known.get(name);
  if (remembered !== undefined) return remembered;
  const end = endOfDay(date, IANAZone.isValidZone(zoneName) ? zoneName : 'UTC');
  if (known.size >= mostKnown) known.clear();
  known.set(name, end);
  return end;
}

function endOfDay(date: string, timeZone: string): RenewalDate | null {
  const day = DateTime.fromISO(date, { zone: timeZone });
  return day.isValid ? { endsAt: day.plus({ days: 1 }).startOf('day').toMillis(), date, timeZone } : null;
}

/** Between 1970 and the year 9999. */
function isPlausible(at: number): boolean {
  return Number.isFinite(at) && at >= 0 && at < 253_402_300_800_000;
}
