/** The part of a list that is on the screen, in pixels from its top. */
export interface Seen {
  readonly from: number;
  readonly to: number;
}

export interface ShownLine {
  readonly index: number;
  /** The distance from the previous line in the page, or from the top of the list, in pixels. */
  readonly gap: number;
}

/** Where each line begins, in pixels, and finally where the list ends. A line that is not measured counts with the usual height. */
export function topsOf(
  keys: readonly string[],
  heights: ReadonlyMap<string, number>,
  usualHeight: number,
): readonly number[] {
  const tops = [0];
  let top = 0;
  for (const key of keys) {
    top += heights.get(key) ?? usualHeight;
    tops.push(top);
  }
  return tops;
}

/** The lines to put into the page: the visible ones, and the one with the focus, which would otherwise be lost. */
export function linesToShow(tops: readonly number[], { from, to }: Seen, focused: number): readonly ShownLine[] {
  const count = tops.length - 1;
  const topOf = (index: number) => tops[index] ?? 0;
  const indexes: number[] = [];
  for (let index = 0; index < count; index += 1)
    if (index === focused || (topOf(index + 1) > from && topOf(index) < to)) indexes.push(index);
  let end = 0;
  return indexes.map((index) => {
    const gap = topOf(index) - end;
    end = topOf(index + 1);
    return { index, gap };
  });
}

/** The number of lines that Page up and Page down move. */
const pageOfLines = 10;

/** The line to which a key moves. Null if the key does not move in a list. */
export function walked(
  key: string,
  from: number,
  count: number,
  takesFocus: (index: number) => boolean,
): number | null {
  const last = count - 1;
  const targets: Readonly<Record<string, readonly [index: number, step: 1 | -1]>> = {
    ArrowDown: [from + 1, 1],
    ArrowUp: [from - 1, -1],
    PageDown: [Math.min(last, from + pageOfLines), 1],
    PageUp: [Math.max(0, from - pageOfLines), -1],
    Home: [0, 1],
    End: [last, -1],
  };
  const target = Object.hasOwn(targets, key) ? targets[key] : undefined;
  if (!target) return null;
  const [index, step] = target;
  // At the end of the list the focus stays.
  return (
    nearest(index, step, count, takesFocus) ?? nearest(index - step, step === 1 ? -1 : 1, count, takesFocus) ?? from
  );
}

function nearest(from: number, step: 1 | -1, count: number, takesFocus: (index: number) => boolean): number | null {
  for (let index = from; index >= 0 && index < count; index += step) if (takesFocus(index)) return index;
  return null;
}
