/** How often a generated test tries: as written, or twenty times that in a long run (`FLC_LONG=1`). */
export function tries(count: number): number {
  return process.env['FLC_LONG'] === '1' ? count * 20 : count;
}

/** The number as it stands in a test's name. */
export function said(count: number): string {
  return tries(count).toLocaleString('en-US');
}
