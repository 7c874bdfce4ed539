import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import type { Result } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { latestState } from './bridge.ts';
import { announceAfterDialog } from './announcer.ts';
import { endsMoment } from './moment.ts';
import { createStore, useStore } from './store.ts';

/** How long a person needs to notice a short sentence and read it. */
const shownForMs = 6_000;
/** How long a person needs to notice a button as well, and to reach it by the keyboard. */
const actionShownForMs = 20_000;

interface ToastAction {
  readonly label: string;
  readonly act: () => void;
}

interface ToastView {
  readonly said: string;
  readonly failed: boolean;
  /** What a person may want to do next. */
  readonly action?: ToastAction | undefined;
  /** The newest snapshot when it appeared. Null if the page had none. */
  readonly since: ConsoleState | null;
}

const shown = createStore<ToastView | null>(null);
let fading: ReturnType<typeof setTimeout> | undefined;

/**
 * Says whether an action worked that changes nothing else on the screen. A success is shown for a moment. A failure stays until the person
 * closes it.
 */
export function toast(outcome: Result<unknown>, worked: string, action?: ToastAction): void {
  if (outcome.ok) return toastDone(worked, action);
  const { headline, meaning } = words.failureWords(outcome.failure);
  return show(meaning === '' ? headline : words.inSentences({ headline, meaning }), true, action);
}

/** Shows for a moment what a successful action did. */
export function toastDone(said: string, action?: ToastAction): void {
  show(said, false, action);
}

function show(said: string, failed: boolean, action: ToastAction | undefined): void {
  set({ said, failed, action, since: latestState() });
  fadeToast();
  announceAfterDialog(said);
}

/** Whether a toast may still be shown with this snapshot. A success ends as a temporary message does; a failure does not. */
export function toastStands({ failed, since }: ToastView, now: ConsoleState): boolean {
  if (failed || since === null) return true;
  return now.revision <= since.revision || !endsMoment(since, now);
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
  const view = shown.get();
  if (view && !view.failed) fading = setTimeout(closeToast, view.action ? actionShownForMs : shownForMs);
}

export function useToast(): ToastView | null {
  return useStore(shown);
}

function set(next: ToastView | null): void {
  clearTimeout(fading);
  shown.set(next);
}
