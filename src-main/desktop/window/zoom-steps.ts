import type { Input } from 'electron';

export type ZoomChange = 'in' | 'out' | 'reset';

const steps = [50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300];

/** The next zoom in percent. Unchanged if there is no further step. */
export function nextZoom(percent: number, change: ZoomChange): number {
  if (change === 'reset') return 100;
  const next = change === 'in' ? steps.find((step) => step > percent) : steps.findLast((step) => step < percent);
  return next ?? percent;
}

/** What a key does by its character. On some layouts, `+` and `=` share a key, and so do `-` and `_`. */
const bySign: Readonly<Record<string, ZoomChange>> = { '+': 'in', '=': 'in', '-': 'out', _: 'out', '0': 'reset' };

/** What a key does by its position: the number pad without Num Lock, and a digit for which a layout needs Shift. */
const byPlace: Readonly<Record<string, ZoomChange>> = {
  NumpadAdd: 'in',
  NumpadSubtract: 'out',
  Numpad0: 'reset',
  Digit0: 'reset',
};

/** The change that a key press asks for. Undefined without Ctrl or Command, and with Alt, which types other characters. */
export function zoomOfKey(
  input: Pick<Input, 'key' | 'code' | 'control' | 'meta' | 'alt' | 'shift'>,
): ZoomChange | undefined {
  if (input.alt || !(input.control || input.meta)) return undefined;
  return bySign[input.key] ?? (input.shift ? undefined : byPlace[input.code]);
}
