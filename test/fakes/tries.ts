/** The number of runs of a property-based test: `count`, or twenty times that in a long run (`FLC_LONG=1`). */
export function tries(count: number): number {
  return process.env['FLC_LONG'] === '1' ? count * 20 : count;
}

/** The number as it is written in a test's title. */
export function said(count: number): string {
  return tries(count).toLocaleString('en-US');
}
