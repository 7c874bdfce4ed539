import { DateTime } from 'luxon';
import { latestAt, type RenewalDate } from '../../src-shared/license/license-status.ts';
import { isEmpty, memberIn, membersIn, numberIn, quoted, single } from './claim-values.ts';
import { offsetZone, timeZoneOf } from './time-zone-claim.ts';

/** Serializers write earlier dates for a date that was never set: in the years 0, 1, 1900 or 1970. */
const earliest = Date.UTC(2000, 0, 1);
const longestText = 100;

/** The renewal date that was read from a token. */
interface RenewalReading {
  /** Null if the date cannot be read. */
  readonly date: RenewalDate | null;
  /** The time zone that the date needs, if that cannot be read. UTC was used instead. */
  readonly unclearZone?: string;
}

/**
 * Reads `license_renewal_date`: `YYYY-MM-DD`, RFC 3339, NumericDate (RFC 7519 §2), and the forms that the serializers of .NET,
 * Java and PHP write. A date without a time is valid through the end of that day. A date without a time and a time without an
 * offset are read in the zone that the token names, or in UTC.
 */
export function readRenewalDate(claim: unknown, zoneClaim: unknown): RenewalReading {
  const one = single(claim);
  const number = numberIn(one);
  if (number !== undefined) return { date: fromNumber(number) };
  if (typeof one === 'string' && !one.trim().startsWith('{'))
    return one.length <= longestText ? fromText(one.trim(), zoneClaim) : { date: null };
  if (Array.isArray(one)) return fromText(fromParts(one) ?? '', zoneClaim);
  const members = membersIn(one);
  if (!members) return { date: null };
  // A PHP DateTime.
  const date = memberIn(members, 'date');
  return typeof date === 'string' ? readRenewalDate(date, memberIn(members, 'timezone') ?? zoneClaim) : { date: null };
}

/** Reads seconds. A number too large for a four-digit year is read as milliseconds, as Java writes them. */
function fromNumber(value: number): RenewalDate | null {
  return instantAt(Math.round(value * 1000 <= latestAt ? value * 1000 : value));
}

/** Reads a Java LocalDate or LocalDateTime: year, month, day, and optionally hour, minute, second, nanoseconds. */
function fromParts(parts: readonly unknown[]): string | undefined {
  if (parts.length > 7 || !parts.every((part) => Number.isInteger(part))) return undefined;
  const [year, month, day, ...time] = parts.map((part) => String(part).padStart(2, '0'));
  const date = `${year}-${month}-${day}`;
  return time.length < 2 ? (time.length === 0 ? date : undefined) : `${date}T${time.slice(0, 3).join(':')}`;
}

/** A cache of recent readings: time zones are slow to evaluate, and the tokens of a company's devices name only a few. */
const known = new Map<string, RenewalReading>();
const mostKnown = 256;

function fromText(text: string, zoneClaim: unknown): RenewalReading {
  const zone = isEmpty(zoneClaim) ? undefined : single(zoneClaim);
  const name = JSON.stringify([text, typeof zone, quoted(zone)]);
  const remembered = known.get(name);
  if (remembered !== undefined) return remembered;
  const reading = readText(text, zone);
  if (known.size >= mostKnown) known.clear();
  known.set(name, reading);
  return reading;
}

/** A date, then optionally a time, an offset, and the zone name in brackets that Java appends to an offset. */
const shape =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(?::(\d{2})(\.\d{1,9})?)?)? ?(z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?(?:\[[\w/+-]+\])?$/i;

function readText(text: string, zoneClaim: unknown): RenewalReading {
  const instant = /^\/Date\((\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(text);
  if (instant) return { date: instantAt(Number(instant[1])) };
  if (/^[A-Z][a-z]{2}, /.test(text)) return { date: inBounds(DateTime.fromHTTP(text)) };
  const [, date, minute, second = '00', fraction = '', offset] = shape.exec(text) ?? [];
  if (date === undefined) return { date: null };
  const fixedZone = offset === undefined ? undefined : /[a-z]/i.test(offset) ? 'UTC' : offsetZone(offset);
  if (offset !== undefined && fixedZone === undefined) return { date: null };
  const named = fixedZone ?? timeZoneOf(zoneClaim);
  const zone = named ?? 'UTC';
  const doubt = named === undefined && zoneClaim !== undefined ? { unclearZone: quoted(zoneClaim) } : {};
  if (minute === undefined) return { date: endOfDay(date, zone), ...doubt };
  const read = timeIn(`${date}T${minute}`, second, fraction, zone);
  return { date: read && (fixedZone === undefined ? { ...read, timeZone: zone } : read), ...doubt };
}

/** Second 60 is a leap second if it is the last second of a UTC day (RFC 3339 §5.7). It is read as the start of the next day. */
function timeIn(minute: string, second: string, fraction: string, zone: string): RenewalDate | null {
  const isLeap = second === '60';
  const at = DateTime.fromISO(`${minute}:${isLeap ? '59' : second}${isLeap ? '' : fraction}`, { zone });
  if (!isLeap) return inBounds(at);
  const next = at.plus({ seconds: 1 });
  return next.toMillis() % 86_400_000 === 0 ? inBounds(next) : null;
}

function endOfDay(date: string, timeZone: string): RenewalDate | null {
  const day = DateTime.fromISO(date, { zone: timeZone });
  if (!day.isValid || day.year < 2000) return null;
  return { endsAt: Math.min(latestAt, day.plus({ days: 1 }).startOf('day').toMillis()), date, timeZone };
}

/** West of Greenwich the year 9999 ends later than in UTC, so the instant is limited to the latest that can be written. */
function inBounds(at: DateTime): RenewalDate | null {
  return instantAt(Math.min(latestAt, at.toMillis()));
}

function instantAt(at: number): RenewalDate | null {
  return at >= earliest && at <= latestAt ? { endsAt: at } : null;
}
