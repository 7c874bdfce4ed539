import { rememberEarlyClick } from './frame/early-click.ts';

/** A window that is covered, or whose screen is off, may never be painted. */
const longestFirstPaintMs = 1_000;

/**
 * The kept license stands in the document and is painted first. The script that takes it over, and with it all that main does
 * after the first paint, waits until Chromium says that this frame is on the screen, so that nothing competes with it.
 */
const atLatest = setTimeout(takeOver, longestFirstPaintMs);
const observer = new PerformanceObserver((list) => {
  if (list.getEntriesByName('first-contentful-paint').length > 0) takeOver();
});
observer.observe({ type: 'paint', buffered: true });

rememberEarlyClick();

function takeOver(): void {
  clearTimeout(atLatest);
  observer.disconnect();
  void import('./start.tsx');
}
