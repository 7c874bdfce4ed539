import type { WebContents } from 'electron';
import { zoomByWheel } from './wheel-zoom.ts';
import { nextZoom, type ZoomChange, zoomOfKey } from './zoom-steps.ts';

/** The stored zoom of the console's own page, in percent. */
export interface KeptZoom {
  readonly percent: () => number;
  readonly save: (percent: number) => void;
}

const zooms = new WeakMap<WebContents, (change: ZoomChange) => void>();

/** Applies the stored zoom at every load of the page, and stores each change by the zoom keys or the wheel. */
export function keepZoom(contents: WebContents, kept: KeptZoom): void {
  const zoom = (change: ZoomChange) => {
    const percent = nextZoom(Math.round(contents.getZoomFactor() * 100), change);
    contents.setZoomFactor(percent / 100);
    kept.save(percent);
  };
  zooms.set(contents, zoom);
  // Applied before the first paint and before the window is shown. A zoom factor given to the window's constructor would be
  // restored at every later load.
  contents.on('did-navigate', () => contents.setZoomFactor(kept.percent() / 100));
  contents.on('before-input-event', (event, input) => {
    const change = input.type === 'keyDown' ? zoomOfKey(input) : undefined;
    if (!change) return;
    event.preventDefault();
    zoom(change);
  });
  zoomByWheel(contents, zoom);
}

/** Zooms a page as its keys do. Does nothing for a page without {@link keepZoom}. */
export function zoomPage(contents: WebContents, change: ZoomChange): void {
  zooms.get(contents)?.(change);
}
