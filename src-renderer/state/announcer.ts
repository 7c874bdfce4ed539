import { createStore, useStore } from './store.ts';

const spoken = createStore('');

/** Makes a screen reader say a sentence once, without moving the focus. */
export function announce(sentence: string): void {
  // A screen reader repeats a sentence only if its text differs.
  spoken.set(sentence === spoken.get() ? `${sentence}\u00a0` : sentence);
}

/** {@link announce}, but only after an open dialog has closed: a screen reader hears nothing from outside of it. */
export function announceAfterDialog(sentence: string): void {
  const dialog = document.querySelector('dialog[open]');
  if (dialog) dialog.addEventListener('close', () => announce(sentence), { once: true });
  else announce(sentence);
}

export function useSpoken(): string {
  return useStore(spoken);
}
