import { useEffect } from 'react';
import { listen, send } from '../state/bridge.ts';
import { isDialogOpen } from '../controls/open-dialog.ts';

/**
 * The parts of the window that F6 cycles through, in order. The embedded page is a native view, so the main process moves the
 * focus there. A notice replaces the page if it could not be shown.
 */
const regions = ['rail', 'banner', 'page', 'address-bar', 'embedded-page', 'pane-failure'] as const;
type Region = (typeof regions)[number];

const elementOf = (region: Region): HTMLElement | null => document.querySelector(`[data-region="${region}"]`);

/** The next part after `from` that currently exists. Wraps around at the ends. */
export function nextRegion(from: Region, backwards: boolean, exists: (region: Region) => boolean): Region {
  const step = backwards ? -1 : 1;
  for (let count = 1; count <= regions.length; count += 1) {
    const candidate = regions[(regions.indexOf(from) + step * count + regions.length * 2) % regions.length];
    if (candidate && exists(candidate)) return candidate;
  }
  return from;
}

function focusedRegion(): Region {
  return (
    regions.find((region) => elementOf(region)?.contains(document.activeElement)) ??
    (document.activeElement === document.body ? 'embedded-page' : 'page')
  );
}

function focusRegion(region: Region): void {
  if (region === 'embedded-page') return send('pane.focus');
  const element = elementOf(region);
  const first = element?.querySelector<HTMLElement>(
    '[aria-current="page"], h1[tabindex], button:not([aria-disabled]), input, select',
  );
  return (first ?? element)?.focus();
}

/** Handles F6 and Shift+F6, including presses inside the embedded page. */
export function useRegionCycle(): void {
  useEffect(() => {
    const walk = (from: Region, backwards: boolean) =>
      focusRegion(nextRegion(from, backwards, (region) => elementOf(region) !== null));
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || isDialogOpen()) return;
      event.preventDefault();
      walk(focusedRegion(), event.shiftKey);
    };
    document.addEventListener('keydown', onKey);
    const stopListening = listen('focus.returned', ({ backwards }) => walk('embedded-page', backwards));
    return () => {
      document.removeEventListener('keydown', onKey);
      stopListening();
    };
  }, []);
}
