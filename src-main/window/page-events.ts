import type { WebContents } from 'electron';

/** Caused by a person, or once by each of the console's own acts. */
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
 * Calls back for each event that pages cause. Electron raises every event of a page by calling `emit`, also those that nobody listens
 * to, and each costs main about the same.
 */
export function countEvents(contents: WebContents, onEvent: () => void): void {
  const emit = contents.emit.bind(contents);
  contents.emit = (event, ...args: unknown[]) => {
    if (!notOfPages.has(event)) onEvent();
    return emit(event, ...args);
  };
}
