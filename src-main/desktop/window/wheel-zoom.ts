import type { WebContents } from 'electron';

/**
 * Calls `zoom` once for each turn of the wheel with Ctrl. Electron may report one turn twice, and a page alone must not cause a
 * zoom.
 */
export function zoomByWheel(contents: WebContents, zoom: (direction: 'in' | 'out') => void): void {
  let isTurned = false;
  contents.on('input-event', (_event, { type }) => {
    if (type === 'mouseWheel') isTurned = true;
  });
  contents.on('zoom-changed', (_event, direction) => {
    if (isTurned) zoom(direction);
    isTurned = false;
  });
}
