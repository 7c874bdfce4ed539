/** Dates in the reader's local time zone. Nothing here reads the clock: every function gets its instant as an argument, in ms. */
interface DateWords {
  /** 31 March 2027 */
  readonly date: (at: number) => string;
  /** A plain `YYYY-MM-DD`, the same in every time zone. */
  readonly plainDate: (date: string) => string;
  /** Sunday, 29 November 2026, 14:05 */
  readonly dateTime: (at: number) => string;
  /** 31 Mar 2027 */
  readonly mediumDate: (at: number) => string;
  /** A plain `YYYY-MM-DD` as 31 Mar 2027, the same in every time zone. */
  readonly mediumPlainDate: (date: string) => string;
  /** 29 Nov 2026, 14:05 */
  readonly mediumDateTime: (at: number) => string;
  /** 29 Nov, 14:05 */
  readonly shortDateTime: (at: number) => string;
  /** 29 Nov */
  readonly shortDate: (at: number) => string;
  /** 14:05 on Sunday, 29 November 2026 (GMT+01:00), for a reader who may be in another time zone. */
  readonly timeAbroad: (at: number) => string;
  /** 14:05 */
  readonly time: (at: number) => string;
  /** 2026-11-29 14:05:00, in the local zone, as spreadsheets read it. */
  readonly sortable: (at: number) => string;
  /** 2026-11-29, in the local zone, for the name of a file. */
  readonly sortableDay: (at: number) => string;
  /** 2026-11-29T13:05:00Z, for a tooltip and for support. */
  readonly exact: (at: number) => string;
}

/** The date formats of a language, such as `en-GB`. Formatters are created on first use, to keep the start short. */
export function dateWords(language: string): DateWords {
  const formatter = (options: Intl.DateTimeFormatOptions) => {
    let made: Intl.DateTimeFormat | undefined;
    return (at: number) => (made ??= new Intl.DateTimeFormat(language, options)).format(new Date(at));
  };
  const longDate = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  const date = formatter(longDate);
  const utcDate = formatter({ ...longDate, timeZone: 'UTC' });
  const mediumUtcDate = formatter({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const weekday = formatter({ weekday: 'long' });
  const shortDate = formatter({ day: 'numeric', month: 'short' });
  const mediumDate = formatter({ day: 'numeric', month: 'short', year: 'numeric' });
  const time = formatter({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const zoned = formatter({ timeZoneName: 'longOffset' });
  const offset = (at: number) => /GMT\S*/.exec(zoned(at))?.[0] ?? 'GMT';
  return {
    date,
    plainDate: plainDateBy(utcDate),
    mediumDate,
    mediumPlainDate: plainDateBy(mediumUtcDate),
    dateTime: (at) => `${weekday(at)}, ${date(at)}, ${time(at)}`,
    mediumDateTime: (at) => `${mediumDate(at)}, ${time(at)}`,
    shortDateTime: (at) => `${shortDate(at)}, ${time(at)}`,
    shortDate,
    timeAbroad: (at) => `${time(at)} on ${weekday(at)}, ${date(at)} (${offset(at)})`,
    time,
    sortable: (at) => `${sortableDay(at)} ${sortableTime(at)}`,
    sortableDay,
    exact: (at) => new Date(at).toISOString().replace('.000Z', 'Z'),
  };
}

function plainDateBy(format: (at: number) => string): (plain: string) => string {
  return (plain) => {
    const at = Date.parse(`${plain}T00:00:00Z`);
    // A stored record that was edited by hand may contain anything. A formatter would throw, and nothing at all would be shown.
    return Number.isFinite(at) ? format(at) : plain;
  };
}

const digits = (value: number, length = 2) => String(value).padStart(length, '0');

function sortableDay(at: number): string {
  const date = new Date(at);
  return [digits(date.getFullYear(), 4), digits(date.getMonth() + 1), digits(date.getDate())].join('-');
}

function sortableTime(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((value) => digits(value)).join(':');
}
