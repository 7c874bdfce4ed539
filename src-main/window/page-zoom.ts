import type { WebContents } from 'electron';
import { nextZoom, type ZoomChange, zoomKeys } from './zoom-steps.ts';

/** How large the console's own page is drawn, in percent. */
export interface KeptZoom {
  readonly percent: () => number;
  readonly save: (percent: number) => void;
}

const zooms = new WeakMap<WebContents, (change: ZoomChange) => void>();

/** Draws the page as large as it was kept, however often it is loaded, and keeps what its keys change. */
export function keepZoom(contents: WebContents, kept: KeptZoom): void {
  const zoom = (change: ZoomChange) => {
    const percent = nextZoom(Math.round(contents.getZoomFactor() * 100), change);
    contents.setZoomFactor(percent / 100);
    kept.save(percent);
  };
  zooms.set(contents, zoom);
  // Before the first paint, and before the window is shown. What the window is made with would come back at every later load.
  contents.on('did-navigate', () => contents.setZoomFactor(kept.percent() / 100));
  contents.on('before-input-event', (event, { type, key, control, meta, alt }) => {
    const change = type === 'keyDown' && !alt && (control || meta) ? zoomKeys[key] : undefined;
    if (!change) return;
    event.preventDefault();
    zoom(change);
  });
}

/** As its keys do; of a page that keeps none, nothing. */
export function zoomPage(contents: WebContents, change: ZoomChange): void {
  zooms.get(contents)?.(change);
}
