import { FixedOffsetZone, IANAZone } from 'luxon';
import { single } from './claim-values.ts';
import { windowsZones } from './windows-zones.ts';

/** Three-letter abbreviations that the runtime maps to one zone although they stand for several. None is an IANA name. */
const ambiguous = new Set(
  'act aet agt art ast bet bst cat cnt cst ctt eat ect iet ist jst mit net nst plt pnt prt pst sst vst'.split(' '),
);

const longestName = 100;

/**
 * Returns the zone that `license_time_zone` names: an IANA name in any case, a Windows zone name, or an offset. Undefined if the
 * claim names no zone or is ambiguous.
 */
export function timeZoneOf(claim: unknown): string | undefined {
  const one = single(claim);
  if (typeof one !== 'string' || one.length > longestName) return undefined;
  const name = one.trim();
  const small = name.toLowerCase();
  if (small === 'z') return 'UTC';
  if (ambiguous.has(small)) return undefined;
  const known = windowsZones.get(small);
  if (known !== undefined) return known;
  return offsetZone(name) ?? (IANAZone.isValidZone(name) ? name : undefined);
}

/**
 * Reads an offset such as `+02:00`, `UTC+2` or `GMT-05:30`. Plus is east of Greenwich. Zone names such as `Etc/GMT+2` have the
 * opposite sign, but they are no offsets and are not read here.
 */
export function offsetZone(text: string): string | undefined {
  // Splits four digits into hours and minutes. Three could mean 1:23 or 12:3, so they are rejected below.
  const withColon = text.replace(/(\d{2})(\d)/, '$1:$2');
  const found = /^(?:utc|gmt)? ?([+-])(\d{1,2})(?::([0-5]\d))?$/i.exec(withColon);
  if (!found) return undefined;
  const [, sign, hours, minutes = 0] = found;
  const offset = Number(hours) * 60 + Number(minutes);
  // RFC 3339 §5.6: an offset is less than 24 hours.
  if (offset >= 1440) return undefined;
  return FixedOffsetZone.instance(sign === '-' ? -offset : offset).name;
}
