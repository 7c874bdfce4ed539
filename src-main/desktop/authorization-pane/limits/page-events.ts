import type { WebContents } from 'electron';

/** Events that a person or the console itself causes. */
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
 * Calls `onEvent` for each event that a page causes. Electron calls `emit` for every event of a page, even without a listener,
 * and each one costs the main process about the same.
 */
export function countEvents(contents: WebContents, onEvent: () => void): void {
  const emit = contents.emit.bind(contents);
  contents.emit = (event, ...args: unknown[]) => {
    if (!notOfPages.has(event)) onEvent();
    return emit(event, ...args);
  };
}

/**
 * Ends the process that draws a page. This works at once, even while Electron raises an event of that page. Closing the page
 * waits for a timer, and no timer of the main process runs while a page sends faster than the main process reads.
 */
export function endProcessOf(contents: WebContents): void {
  const id = contents.getOSProcessId();
  // 0 if the process has ended already. As the target of a signal, 0 would mean this process and all that it started.
  if (id === 0) return;
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // The process has ended in the meantime.
  }
}
