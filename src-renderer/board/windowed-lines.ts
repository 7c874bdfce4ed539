import { type KeyboardEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { linesToShow, type Seen, type ShownLine, topsOf, walked } from './line-places.ts';

interface WindowedLinesDeps {
  /** The key of each line, which stays the same for that line. */
  readonly keys: readonly string[];
  /** How high a line is in pixels until it is measured. */
  readonly usualHeight: number;
  /** Is there anything to do on that line? The focus passes over the others. */
  readonly takesFocus: (index: number) => boolean;
}

interface WindowedLines<Body extends HTMLElement> {
  readonly body: RefObject<Body | null>;
  /** The height of all lines, including those that are not in the page, in pixels. */
  readonly height: number;
  /** The lines that are in the page: those on the screen, and the one that has the focus. */
  readonly shown: readonly ShownLine[];
  /** The line that Tab reaches. -1 if none takes the focus. */
  readonly active: number;
  readonly setActive: (index: number) => void;
  /** Gives a line the focus, even if it is not in the page yet. */
  readonly focus: (index: number) => void;
  /** Handles arrow up and down, Home, End, Page up and down. True if the key was one of them. */
  readonly walk: (event: KeyboardEvent) => boolean;
}

/**
 * A list of any length, of which only the lines on the screen are in the page. The page of the console scrolls, not the list. Each line in
 * the page has to carry `data-index`, to keep the distance `gap` from the previous line, and to take the focus itself or by its first
 * button.
 */
export function useWindowedLines<Body extends HTMLElement>({
  keys,
  usualHeight,
  takesFocus,
}: WindowedLinesDeps): WindowedLines<Body> {
  const body = useRef<Body>(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const wantsFocus = useRef(false);
  const seen = useSeen(body);
  const heights = useHeights(body, keys);
  const tops = topsOf(keys, heights, usualHeight);
  const kept = activeKey === null ? -1 : keys.indexOf(activeKey);
  const active = kept === -1 ? keys.findIndex((_, index) => takesFocus(index)) : kept;
  const shown = linesToShow(tops, seen, active);
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    const line = body.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
    (line?.matches('[tabindex]') ? line : line?.querySelector('button'))?.focus();
  });
  const setActive = (index: number) => setActiveKey(keys[index] ?? null);
  const focus = (index: number) => {
    if (index === active) return;
    wantsFocus.current = true;
    setActive(index);
  };
  const walk = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.altKey || event.metaKey) return false;
    const next = walked(event.key, active, keys.length, takesFocus);
    if (next === null) return false;
    event.preventDefault();
    focus(next);
    return true;
  };
  return { body, height: tops.at(-1) ?? 0, shown, active, setActive, focus, walk };
}

/** Lines up to this far above and below the screen are in the page too, in pixels, so that scrolling never shows a gap. */
const aroundPx = 240;

/** Which part of the body is on the screen, or nearly. */
function useSeen(body: RefObject<HTMLElement | null>): Seen {
  const [seen, setSeen] = useState<Seen>({ from: 0, to: 0 });
  useLayoutEffect(() => {
    const page = body.current?.closest<HTMLElement>('.page');
    if (!page) return undefined;
    let isPrinting = false;
    const look = () => {
      if (isPrinting) return;
      const { top, bottom } = page.getBoundingClientRect();
      const start = body.current?.getBoundingClientRect().top ?? top;
      // In steps, so that React does not render for every pixel.
      const step = (px: number) => Math.floor(px / (aroundPx / 4)) * (aroundPx / 4);
      const next = { from: step(top - start - aroundPx), to: step(bottom - start + aroundPx + aroundPx / 4) };
      setSeen((before) => (before.from === next.from && before.to === next.to ? before : next));
    };
    look();
    const resized = new ResizeObserver(look);
    resized.observe(page);
    if (page.firstElementChild) resized.observe(page.firstElementChild);
    page.addEventListener('scroll', look, { passive: true });
    // On paper, all lines are shown.
    const print = () => {
      isPrinting = true;
      flushSync(() => setSeen({ from: 0, to: Number.POSITIVE_INFINITY }));
    };
    const printed = () => {
      isPrinting = false;
      look();
    };
    window.addEventListener('beforeprint', print);
    window.addEventListener('afterprint', printed);
    return () => {
      resized.disconnect();
      page.removeEventListener('scroll', look);
      window.removeEventListener('beforeprint', print);
      window.removeEventListener('afterprint', printed);
    };
  }, [body]);
  return seen;
}

/** The measured heights of lines, by their keys. */
function useHeights(body: RefObject<HTMLElement | null>, keys: readonly string[]): ReadonlyMap<string, number> {
  const [heights, setHeights] = useState<ReadonlyMap<string, number>>(new Map());
  const latest = useRef(keys);
  const take = useCallback((entries: readonly ResizeObserverEntry[]) => {
    setHeights((before) => {
      const measured = entries.flatMap(({ target, borderBoxSize }): (readonly [string, number])[] => {
        const key = latest.current[Number((target as HTMLElement).dataset['index'])];
        const height = borderBoxSize[0]?.blockSize;
        // A line that has left the page has no height.
        return key === undefined || !height || before.get(key) === height ? [] : [[key, height]];
      });
      return measured.length === 0 ? before : new Map([...before, ...measured]);
    });
  }, []);
  const [observer] = useState(() => new ResizeObserver(take));
  useEffect(() => () => observer.disconnect(), [observer]);
  useLayoutEffect(() => {
    latest.current = keys;
    const lines = [...(body.current?.children ?? [])];
    for (const line of lines) observer.observe(line);
    return () => {
      for (const line of lines) if (!line.isConnected) observer.unobserve(line);
    };
  });
  return heights;
}
