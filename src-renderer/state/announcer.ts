import { useSyncExternalStore } from 'react';

let spoken = '';
const listeners = new Set<() => void>();

/** Makes a screen reader say a sentence once, without moving the focus. */
export function announce(sentence: string): void {
  // A screen reader repeats a sentence only if its text differs.
  spoken = sentence === spoken ? `${sentence}\u00a0` : sentence;
  for (const listener of listeners) listener();
}

/** {@link announce}, but only after an open dialog has closed: a screen reader hears nothing from outside of it. */
export function announceAfterDialog(sentence: string): void {
  const dialog = document.querySelector('dialog[open]');
  if (dialog) dialog.addEventListener('close', () => announce(sentence), { once: true });
  else announce(sentence);
}

export function useSpoken(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => spoken,
  );
}
