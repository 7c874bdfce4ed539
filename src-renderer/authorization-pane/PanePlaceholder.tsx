import { useLayoutEffect, useRef } from 'react';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';

interface Placement {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly visible: boolean;
}

const samePlacement = (a: Placement, b: Placement): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height && a.visible === b.visible;

/** Tells the main process where to place the native view of the Authorization server's page, in CSS pixels. */
export function PanePlaceholder({ visible }: { readonly visible: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const last = useRef<Placement | null>(null);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const report = () => {
      const next = placementOf(element, visible);
      if (last.current && samePlacement(last.current, next)) return;
      last.current = next;
      send('pane.place', next);
    };
    report();
    const observer = new ResizeObserver(report);
    observer.observe(element);
    window.addEventListener('resize', report);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', report);
    };
  });
  useLayoutEffect(
    () => () => {
      if (last.current) send('pane.place', { ...last.current, visible: false });
      last.current = null;
    },
    [],
  );
  return (
    <div
      className="pane-placeholder"
      ref={place}
      data-region={visible ? 'embedded-page' : undefined}
      role="document"
      aria-label={words.pane.embeddedPage}
    />
  );
}

function placementOf(element: HTMLElement, visible: boolean): Placement {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const x = Math.max(0, left);
  const y = Math.max(0, top);
  const width = Math.max(0, right - x);
  const height = Math.max(0, bottom - y);
  return { x, y, width, height, visible: visible && width > 0 && height > 0 };
}
