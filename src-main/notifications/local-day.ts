import type { QuietHours } from '../../src-shared/notifications/quiet-hours.ts';

/** The local hour at which a day begins here, so that a daily notification comes in the morning and not at midnight. */
const dayBeginsAtHour = 6;

/** The local day of an instant, `YYYY-MM-DD`. Compare days for equality only: then a wrong clock cannot suppress a notification. */
export function notificationDay(at: number): string {
  const day = new Date(at);
  if (day.getHours() < dayBeginsAtHour) day.setDate(day.getDate() - 1);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** The instant at which the next local day begins, in ms. */
export function nextDayAt(at: number): number {
  const day = new Date(at);
  if (day.getHours() >= dayBeginsAtHour) day.setDate(day.getDate() + 1);
  return day.setHours(dayBeginsAtHour, 0, 0, 0);
}

/** Is the instant within quiet hours? From 22:00 to 07:00 spans midnight. Two equal times mean no quiet hours. */
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
