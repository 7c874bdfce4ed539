import { rememberEarlyClick } from './frame/early-click.ts';

/** The limit of the wait: a window that is covered, or whose screen is off, may never be painted. */
const firstPaintTimeoutMs = 1_000;

/**
 * The stored license is in the document and is painted first. React takes over only after Chromium reports that this frame is
 * on the screen, so that nothing competes with it. The work of the main process after the first paint waits for that too.
 */
const atLatest = setTimeout(takeOver, firstPaintTimeoutMs);
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
