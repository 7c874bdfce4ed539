export type ZoomChange = 'in' | 'out' | 'reset';

const steps = [50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300];

/** The next zoom in percent. Unchanged if there is no further step. */
export function nextZoom(percent: number, change: ZoomChange): number {
  if (change === 'reset') return 100;
  const next = change === 'in' ? steps.find((step) => step > percent) : steps.findLast((step) => step < percent);
  return next ?? percent;
}

/** What these keys do together with Ctrl or Command. */
export const zoomKeys: Readonly<Record<string, ZoomChange>> = { '+': 'in', '=': 'in', '-': 'out', '0': 'reset' };
