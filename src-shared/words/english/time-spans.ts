import { dateWords } from '../dates.ts';

export const dates = dateWords('en-GB');

/** A span as a person says it: 127 days, 2 days 22 h, 30 h, 12 min, 9 s. Rounded down; never negative. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
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

/** 09:10 to 14:25; with the days where they differ. An instant of its own is no period. */
export function period(from: number, to: number): string {
  const sameDay = dates.date(from) === dates.date(to);
  if (sameDay) return dates.time(from) === dates.time(to) ? dates.time(to) : `${dates.time(from)} to ${dates.time(to)}`;
  return `${dates.shortDateTime(from)} to ${dates.shortDateTime(to)}`;
}

/** 4:52 */
export function minutesAndSeconds(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export const sentenceOf = (text: string): string => (/[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);
