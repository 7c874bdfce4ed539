import ical, { ICalAlarmRelatesTo, ICalAlarmType, ICalEventTransparency } from 'ical-generator';
import type { LicenseView } from '../../src-shared/window/console-state.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { shownText } from '../../src-shared/text/shown-text.ts';
import { handoverWords } from '../../src-shared/words/handover-words.ts';

const day = 86_400;
/** Reminders come at nine in the morning, in seconds of the day. */
const morning = 9 * 3_600;
/** A store that connects before noon of its last day is in time. */
const lateMs = 12 * 3_600_000;

interface CalendarDay {
  readonly kind: 'connect' | 'renew';
  readonly date: Date;
  readonly title: string;
  readonly text: string;
  /** How many days earlier a reminder comes. */
  readonly reminders: readonly number[];
}

/**
 * The days of a license as a calendar file (RFC 5545): the last day to connect, and the License Renewal Date if it has one. `now` is the
 * trusted time in ms. A file that is saved later has the same identifiers, so that a calendar replaces the days.
 */
export function licenseCalendar(
  { id, serverName }: Pick<ServerProfile, 'id' | 'serverName'>,
  { details }: LicenseView,
  now: number,
): string {
  const name = shownText(serverName);
  const { tokenExpiresAt, renewalDate } = details;
  const days: readonly CalendarDay[] = [
    {
      kind: 'connect',
      date: localDay(tokenExpiresAt - lateMs),
      title: handoverWords.calendar.connect(name),
      text: handoverWords.calendar.connectText(tokenExpiresAt),
      reminders: [1, 0],
    },
    ...(renewalDate
      ? [
          {
            kind: 'renew' as const,
            date: plainDay(renewalDate.date) ?? localDay(renewalDate.endsAt - 1),
            title: handoverWords.calendar.renew(name),
            text: handoverWords.calendar.renewText,
            reminders: [30, 7, 1],
          },
        ]
      : []),
  ];
  const calendar = ical({ prodId: '//Fusion//License Console//EN' });
  for (const { kind, date, title, text, reminders } of days) {
    const event = calendar.createEvent({
      id: `${kind}-${id}@fusion-license-console`,
      stamp: new Date(now),
      start: date,
      allDay: true,
      summary: title,
      description: text,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
    for (const before of reminders)
      event
        .createAlarm({ type: ICalAlarmType.display, trigger: before * day - morning, description: title })
        // Otherwise the library counts a reminder on the day itself from the end of that day. It ignores this property in the data above.
        .relatesTo(ICalAlarmRelatesTo.start);
  }
  // The library leaves out the line end of the last line (RFC 5545 §3.1).
  return `${calendar.toString()}\r\n`;
}

/** The day of an instant in the local zone, as midnight in UTC: the library writes a day as it is in UTC. */
function localDay(at: number): Date {
  const local = new Date(at);
  return new Date(Date.UTC(local.getFullYear(), local.getMonth(), local.getDate()));
}

/** A plain `YYYY-MM-DD`, which is the day in the license's own zone. Null for anything else. */
function plainDay(date: string | undefined): Date | null {
  const at = date === undefined ? Number.NaN : Date.parse(`${date}T00:00:00Z`);
  return Number.isFinite(at) ? new Date(at) : null;
}
