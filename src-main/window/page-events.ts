import type { WebContents } from 'electron';

/** These events come from a person or from the console itself. */
const notOfPages: ReadonlySet<string | symbol> = new Set([
  'input-event',
  'before-input-event',
  'before-mouse-event',
  'cursor-changed',
  'update-target-url',
  'zoom-changed',
  'focus',
  'blur',
]);

/**
 * Calls `onEvent` for each event that pages cause. Electron calls `emit` for every event of a page, also for those without a listener,
 * and each costs main about the same.
 */
export function countEvents(contents: WebContents, onEvent: () => void): void {
  const emit = contents.emit.bind(contents);
  contents.emit = (event, ...args: unknown[]) => {
    if (!notOfPages.has(event)) onEvent();
    return emit(event, ...args);
  };
}

/**
 * Ends the process that draws a page. This works at once, also while Electron raises an event of that page. Closing the page waits for
 * a timer, and no timer of main runs while a page sends faster than main reads.
 */
export function endProcessOf(contents: WebContents): void {
  const id = contents.getOSProcessId();
  // 0 where the process has ended already. As a signal's target it would mean this process and all that it started.
  if (id === 0) return;
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}
