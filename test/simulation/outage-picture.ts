import { allowedShare, type OutageKind, type OutageResult, secondsBefore } from './outage.ts';

const panel = { width: 560, height: 250, left: 78, top: 44, right: 20, bottom: 46 };
const head = 96;
const kinds: readonly (readonly [OutageKind, string])[] = [
  ['server', 'The server was down for 6 h'],
  ['internet', 'The internet was down for 6 h, and came back for all at once'],
  ['power', 'The power was gone for 6 h; all computers start within 4 min'],
];
/** Shares of the stores, as powers of ten. */
const [lowest, highest] = [-5, 0];
const colours = { jitter: '#0b5fa5', none: '#c2571a', limit: '#a01c1c', axis: '#444', grid: '#e3e3e3' };
const fromMinute = -10;
const toMinute = 80;
/** Each point of a line is the maximum of this many seconds. */
const secondsInPoint = 10;

/** Requests per second over time for each outage, as an SVG: with jitter and without, next to the allowed share. */
export function pictureOf(results: readonly OutageResult[]): string {
  const stores = Math.max(...results.map(({ outage }) => outage.stores));
  const shown = results.filter(({ outage }) => outage.stores === stores);
  const panels = kinds.flatMap(([kind, title], row) =>
    [false, true].map((allDue, column) => {
      const here = shown.filter(({ outage }) => outage.kind === kind && outage.allDue === allDue);
      const due = allDue ? 'every token was due' : 'the usual share of the tokens was due';
      const place = `translate(${column * panel.width + 10} ${head + row * panel.height})`;
      return `<g transform="${place}">${panelOf(here, [title, due])}</g>`;
    }),
  );
  const [width, height] = [2 * panel.width + 20, head + kinds.length * panel.height + 10];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans, Arial, sans-serif" font-size="12" fill="#222">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    heading(stores),
    ...panels,
    '</svg>\n',
  ].join('\n');
}

function heading(stores: number): string {
  const name = `${stores.toLocaleString('en-US')} stores after an outage of 6 hours`;
  const key = (x: number, colour: string, words: string, dashes = '') =>
    `<line x1="${x}" x2="${x + 34}" y1="72" y2="72" stroke="${colour}" stroke-width="2"${dashes}/>${text(x + 42, 76, words)}`;
  return [
    text(24, 32, name, 'font-size="20" font-weight="bold"'),
    text(24, 54, 'Requests that reach the Authorization server in one second, as a share of all stores'),
    key(24, colours.jitter, 'as the console does it, with jitter'),
    key(330, colours.none, 'without jitter'),
    key(500, colours.limit, 'allowed: 1 % of the stores in a second', ' stroke-dasharray="6 4"'),
  ].join('\n');
}

function panelOf(results: readonly OutageResult[], [title, due]: readonly [string, string]): string {
  const limit = `<line x1="${xOf(fromMinute)}" x2="${xOf(toMinute)}" y1="${yOf(allowedShare)}" y2="${yOf(allowedShare)}" stroke="${colours.limit}" stroke-width="1.5" stroke-dasharray="6 4"/>`;
  const before = `<rect x="${xOf(fromMinute)}" y="${panel.top}" width="${xOf(0) - xOf(fromMinute)}" height="${plotHeight()}" fill="#f2f2f2" stroke="none"/>`;
  const lines = results.toSorted((one, other) => Number(one.outage.jitter) - Number(other.outage.jitter)).map(lineOf);
  return [
    text(panel.left, 18, title, 'font-weight="bold"'),
    text(panel.left, 35, due, 'fill="#555"'),
    before,
    axes(),
    ...lines,
    limit,
  ].join('\n');
}

function axes(): string {
  const minutes = [0, 10, 20, 30, 40, 50, 60, 70, 80];
  const powers = Array.from({ length: highest - lowest + 1 }, (_, nth) => lowest + nth);
  const bottom = panel.height - panel.bottom;
  const grid = powers.map((power) => {
    const y = yOf(10 ** power);
    const label = text(panel.left - 8, y + 4, `${Number((100 * 10 ** power).toPrecision(1))} %`, 'text-anchor="end"');
    return `<line x1="${xOf(fromMinute)}" x2="${xOf(toMinute)}" y1="${y}" y2="${y}" stroke="${colours.grid}"/>${label}`;
  });
  const ticks = minutes.map(
    (minute) =>
      `<line x1="${xOf(minute)}" x2="${xOf(minute)}" y1="${bottom}" y2="${bottom + 5}" stroke="${colours.axis}"/>${text(xOf(minute), bottom + 19, String(minute), 'text-anchor="middle"')}`,
  );
  return [
    ...grid,
    ...ticks,
    `<path d="M${panel.left} ${panel.top}V${bottom}H${xOf(toMinute)}" fill="none" stroke="${colours.axis}"/>`,
    text((panel.left + xOf(toMinute)) / 2, bottom + 36, 'minutes since the end of the outage', 'text-anchor="middle"'),
    text(panel.left - 8, 35, 'per second', 'text-anchor="end" fill="#555"'),
  ].join('\n');
}

function lineOf({ outage, perSecond }: OutageResult): string {
  const points: string[] = [];
  for (let minute = fromMinute; minute < toMinute; minute += secondsInPoint / 60) {
    const from = secondsBefore + Math.round(minute * 60);
    const most = perSecond.slice(from, from + secondsInPoint).reduce((peak, count) => Math.max(peak, count), 0);
    points.push(`${xOf(minute).toFixed(1)},${yOf(most / outage.stores).toFixed(1)}`);
  }
  const colour = outage.jitter ? colours.jitter : colours.none;
  return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.4"/>`;
}

function plotHeight(): number {
  return panel.height - panel.top - panel.bottom;
}

function xOf(minute: number): number {
  const width = panel.width - panel.left - panel.right;
  return panel.left + (width * (minute - fromMinute)) / (toMinute - fromMinute);
}

/** Zero is drawn at the bottom. */
function yOf(share: number): number {
  const power = share <= 0 ? lowest : Math.max(lowest, Math.log10(share));
  return panel.top + (plotHeight() * (highest - power)) / (highest - lowest);
}

function text(x: number, y: number, words: string, more = ''): string {
  return `<text x="${x}" y="${y}" stroke="none" ${more}>${words}</text>`;
}
