import { dateWords } from '../dates.ts';

export const dates = dateWords('en-GB');

/** Nobody needs a longer span in days. */
const longestDays = 36_500;

/**
 * A time span as a person says it: 127 days, 2 days 22 h, 30 h, 12 min, 9 s. Rounded down, never negative. Works for every
 * number, including NaN and infinity.
 */
export function span(ms: number): string {
  if (Number.isNaN(ms)) return 'an unknown time';
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds > longestDays * 86_400) return 'more than 100 years';
  if (seconds >= 604_800) return `${Math.floor(seconds / 86_400)} days`;
  if (seconds >= 172_800) return daysAndHours(seconds);
  if (seconds >= 5_400) return `${Math.floor(seconds / 3_600)} h`;
  if (seconds >= 60) return `${Math.floor(seconds / 60)} min`;
  return `${seconds} s`;
}

function daysAndHours(seconds: number): string {
  const hours = Math.floor((seconds % 86_400) / 3_600);
  return `${Math.floor(seconds / 86_400)} days${hours === 0 ? '' : ` ${hours} h`}`;
}

/** How long ago that was; "just now" if it was less than `recentMs` ago. */
export const ago = (nowAt: number, at: number, recentMs = 60_000): string =>
  nowAt - at < recentMs ? 'just now' : `${span(nowAt - at)} ago`;

/** "09:10 to 14:25", with the dates if they differ. If both ends are in the same minute, only that time. */
export function period(from: number, to: number): string {
  const sameDay = dates.date(from) === dates.date(to);
  if (sameDay) return dates.time(from) === dates.time(to) ? dates.time(to) : `${dates.time(from)} to ${dates.time(to)}`;
  return `${dates.shortDateTime(from)} to ${dates.shortDateTime(to)}`;
}

/** "4:52"; from one hour on, the same as {@link span}. */
export function minutesAndSeconds(seconds: number): string {
  if (!(seconds < 3_600)) return span(seconds * 1000);
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export const sentenceOf = (text: string): string => (/[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);
