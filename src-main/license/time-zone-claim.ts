import { FixedOffsetZone, IANAZone } from 'luxon';
import { single } from './claim-values.ts';
import { windowsZones } from './windows-zones.ts';

/** Three letters that the runtime takes for some zone, and that mean others elsewhere; none is an IANA name. */
const ambiguous = new Set(
  'act aet agt art ast bet bst cat cnt cst ctt eat ect iet ist jst mit net nst plt pnt prt pst sst vst'.split(' '),
);

const longestName = 100;

/**
 * The zone that `license_time_zone` names: an IANA name in any case, the name that Windows gives it, or an offset. Undefined
 * where it names none, or could mean several.
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

/** `+02:00`, `UTC+2`, `GMT-05:30`: east of Greenwich is plus. Only in `Etc/GMT+2`, which is no offset, is it minus. */
export function offsetZone(text: string): string | undefined {
  // Three digits could be 1:23 or 12:3.
  const withColon = text.replace(/(\d{2})(\d)/, '$1:$2');
  const found = /^(?:utc|gmt)? ?([+-])(\d{1,2})(?::([0-5]\d))?$/i.exec(withColon);
  if (!found) return undefined;
  const [, sign, hours, minutes = 0] = found;
  const offset = Number(hours) * 60 + Number(minutes);
  // RFC 3339 §5.6.
  if (offset >= 1440) return undefined;
  return FixedOffsetZone.instance(sign === '-' ? -offset : offset).name;
}
