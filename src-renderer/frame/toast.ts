import { useSyncExternalStore } from 'react';
import type { Result } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { announce } from './announcer.ts';

/** How long a person needs to notice a short sentence and read it. */
const shownForMs = 6_000;
/** How long a person needs to notice a button as well, and to reach it by the keyboard. */
const actionShownForMs = 20_000;

export interface ToastAction {
  readonly label: string;
  readonly act: () => void;
}

export interface ToastView {
  readonly said: string;
  readonly failed: boolean;
  /** What a person may want to do next. */
  readonly action?: ToastAction | undefined;
}

let shown: ToastView | null = null;
let fading: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/**
 * Says whether an action worked that leaves no other trace on the screen. What worked is shown for a moment. A failure stays until
 * the person closes it.
 */
export function toast(outcome: Result<unknown>, worked: string, action?: ToastAction): void {
  const { headline, meaning } = outcome.ok ? { headline: worked, meaning: '' } : words.failureWords(outcome.failure);
  const said = meaning === '' ? headline : `${headline}. ${meaning}`;
  set({ said, failed: !outcome.ok, action });
  fadeToast();
  announce(said);
}

export function closeToast(): void {
  set(null);
}

/** Keeps the toast while a person is using it. {@link fadeToast} ends that. */
export function holdToast(): void {
  clearTimeout(fading);
}

export function fadeToast(): void {
  clearTimeout(fading);
  if (shown && !shown.failed) fading = setTimeout(closeToast, shown.action ? actionShownForMs : shownForMs);
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
