import type { Alert } from '../../src-shared/notifications/alert.ts';
import type { BoardAction, BoardLicense, BoardRow } from '../../src-shared/servers/board.ts';
import { compareNames } from '../../src-shared/text/name-order.ts';
import { present } from '../../src-shared/present.ts';
import type { Tone } from '../../src-shared/license/status-tone.ts';

interface Judged {
  readonly tone: Tone;
  readonly action: BoardAction | null;
  readonly license?: BoardLicense | null | undefined;
  readonly alert?: Pick<Alert, 'stopsAt'> | undefined;
}

/** In the order of work: what stops sales now, who is waiting now, what will stop soon, what is not licensed yet, the rest. */
export function urgencyOf({ tone, action, license, alert }: Judged): Pick<BoardRow, 'urgency' | 'stopsAt'> {
  const { token, renewal } = license?.evaluation ?? {};
  const ends = [token?.expiresAt, renewal?.endsAt].filter((at) => at !== undefined);
  return present({
    urgency: rankOf(tone, action, Boolean(license)),
    stopsAt: alert?.stopsAt ?? (ends.length > 0 ? Math.min(...ends) : undefined),
  });
}

function rankOf(tone: Tone, action: BoardAction | null, isLicensed: boolean): number {
  if (tone === 'critical') return 0;
  if (action === 'enter_code' || action === 'answer') return 1;
  if (action === null) return 4;
  return isLicensed ? 2 : 3;
}

/** Most urgent first, then the one that stops earlier, then by name. */
export function mostUrgentFirst(one: BoardRow, other: BoardRow): number {
  return one.urgency - other.urgency || stopOf(one) - stopOf(other) || compareNames(one.name, other.name);
}

// Two servers that never stop are equal: infinity minus infinity is NaN.
const stopOf = ({ stopsAt }: BoardRow): number => stopsAt ?? Number.MAX_SAFE_INTEGER;
