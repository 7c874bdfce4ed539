/**
 * How often a generated test tries: as written, twenty times that in a long run (`FLC_LONG=1`), a twentieth where each change of
 * a program is tested for itself (`FLC_BRIEF=1`).
 */
export function tries(count: number): number {
  if (process.env['FLC_BRIEF'] === '1') return Math.ceil(count / 20);
  return process.env['FLC_LONG'] === '1' ? count * 20 : count;
}

/** The number as it stands in a test's name. */
export function said(count: number): string {
  return tries(count).toLocaleString('en-US');
}
