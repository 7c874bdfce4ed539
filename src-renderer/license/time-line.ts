/** A time line that shows both hours and years: linear near now, and more compressed further away. */
export interface TimeLine {
  /** The position of an instant: 0 at the left end, 1 at the right end. Instants beyond an end are placed at that end. */
  readonly position: (at: number) => number;
  readonly now: number;
  readonly ticks: readonly { readonly name: TickName; readonly position: number }[];
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const evenMs = 6 * hourMs;

const ticks = {
  hours12: 12 * hourMs,
  days1: dayMs,
  days7: 7 * dayMs,
  days30: 30 * dayMs,
  days90: 90 * dayMs,
  days365: 365 * dayMs,
  days1825: 1825 * dayMs,
} as const;
type TickName = keyof typeof ticks;

const mostTellingFirst: readonly TickName[] = ['days1', 'days7', 'days30', 'days365', 'days90', 'hours12', 'days1825'];
const clearOf = 0.12;

const compress = (ms: number): number => Math.sign(ms) * Math.log1p(Math.abs(ms) / evenMs);

/** Ticks that keep enough distance from each other, from now, and from the right end. */
function ticksOn(place: (ms: number) => number): TimeLine['ticks'] {
  const shown: { name: TickName; position: number }[] = [];
  for (const name of mostTellingFirst) {
    const position = place(ticks[name]);
    const near = [place(0), ...shown.map((tick) => tick.position)];
    if (position <= 0.95 && near.every((other) => Math.abs(position - other) >= clearOf))
      shown.push({ name, position });
  }
  return shown;
}

/** A time line around `nowAt` on which all `instants` fit, with room at both ends. */
export function makeTimeLine(nowAt: number, instants: readonly number[]): TimeLine {
  const ahead = Math.max(7 * dayMs, ...instants.map((at) => (at - nowAt) * 1.25));
  const behind = Math.max(evenMs, ...instants.map((at) => (nowAt - at) * 1.6));
  const left = compress(-behind);
  const width = compress(ahead) - left;
  const place = (ms: number): number => Math.min(1, Math.max(0, (compress(ms) - left) / width));
  return { position: (at) => place(at - nowAt), now: place(0), ticks: ticksOn(place) };
}
