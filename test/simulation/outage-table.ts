import type { Outage, OutageResult } from './outage.ts';

const kindWords = { server: 'server was down', internet: 'internet was down', power: 'power was gone' } as const;

/** The outage in a few words. */
export function namedOutage({ kind, allDue }: Pick<Outage, 'kind' | 'allDue'>): string {
  return `${kindWords[kind]}, ${allDue ? 'all due' : 'some due'}`;
}

const headings = [
  'stores',
  'outage of 6 h',
  'jitter',
  'peak /s',
  'peak share',
  'all fresh after',
  'requests',
  'refused',
  'ran out',
  'licenses lost',
];

/** The results as a table of text, one line each. */
export function tableOf(results: readonly OutageResult[]): string {
  const rows = [headings, ...results.map(cellsOf)];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => aligned(cell, column, widths[column] ?? 0)).join('  ')).join('\n');
}

function aligned(cell: string, column: number, width: number): string {
  return column === 1 || column === 2 ? cell.padEnd(width) : cell.padStart(width);
}

function cellsOf(result: OutageResult): string[] {
  const { outage, allFreshAfterMs } = result;
  return [
    grouped(outage.stores),
    namedOutage(outage),
    outage.jitter ? 'yes' : 'no',
    grouped(result.peakPerSecond),
    `${(100 * result.peakShare).toFixed(2)} %`,
    allFreshAfterMs === null ? 'not in 2.5 h' : `${(allFreshAfterMs / 60_000).toFixed(1)} min`,
    grouped(result.requests),
    grouped(result.refused),
    grouped(result.ranOut),
    grouped(result.lostLicenses),
  ];
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
