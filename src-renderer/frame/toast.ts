import { useSyncExternalStore } from 'react';
import type { Result } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { announce } from './announcer.ts';

/** How long a person needs to notice a short sentence and read it. */
const shownForMs = 6_000;

export interface ToastView {
  readonly said: string;
  readonly failed: boolean;
}

let shown: ToastView | null = null;
let fading: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/**
 * Says whether an action worked that leaves no other trace on the screen. What worked is shown for a moment. A failure stays until
 * the person closes it.
 */
export function toast(outcome: Result<unknown>, worked: string): void {
  const { headline, meaning } = outcome.ok ? { headline: worked, meaning: '' } : words.failureWords(outcome.failure);
  const said = meaning === '' ? headline : `${headline}. ${meaning}`;
  set({ said, failed: !outcome.ok });
  if (outcome.ok) fading = setTimeout(closeToast, shownForMs);
  announce(said);
}

export function closeToast(): void {
  set(null);
}

export function useToast(): ToastView | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}

function set(next: ToastView | null): void {
  clearTimeout(fading);
  shown = next;
  for (const listener of listeners) listener();
}
