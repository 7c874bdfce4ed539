import type { QuietHours } from '../../src-shared/quiet-hours.ts';

/** People's day begins then, local time: what is told again each day comes in the morning, not at midnight. */
const dayBeginsAtHour = 6;

/** The local day of an instant, `YYYY-MM-DD`. Days are compared for being the same alone, so that no clock can hold back one. */
export function localDay(at: number): string {
  const day = new Date(at);
  if (day.getHours() < dayBeginsAtHour) day.setDate(day.getDate() - 1);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** When the next local day begins, ms. */
export function nextDayAt(at: number): number {
  const day = new Date(at);
  if (day.getHours() >= dayBeginsAtHour) day.setDate(day.getDate() + 1);
  return day.setHours(dayBeginsAtHour, 0, 0, 0);
}

/** Is it between the two local times? From 22:00 to 07:00 goes over midnight; two equal times are no time at all. */
export function isQuiet({ on, from, to }: QuietHours, at: number): boolean {
  if (!on) return false;
  const day = new Date(at);
  const minute = day.getHours() * 60 + day.getMinutes();
  const [begin, end] = [minuteOf(from), minuteOf(to)];
  return begin <= end ? begin <= minute && minute < end : minute >= begin || minute < end;
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
