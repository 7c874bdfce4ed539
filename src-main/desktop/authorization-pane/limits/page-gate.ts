import type { Timer } from '../../../ports/timer.ts';

/** The shortest time between two screen updates that a page causes. */
export const pageUpdateEveryMs = 250;

/** How long a click lets its page open another one (HTML §6.4.1, transient activation). */
export const gestureLastsMs = 5000;

interface PageGateDeps {
  readonly timer: Timer;
  /** What the console currently shows about the page, as text to compare. */
  readonly read: () => string;
  readonly update: () => void;
}

/**
 * Limits how often a page can make the console update. A page may cause any number of events. The gate compares what is shown
 * before and after, passes on a change at most once in {@link pageUpdateEveryMs}, and always passes on the last one.
 */
export class PageGate {
  readonly #deps: PageGateDeps;
  #shown = '';
  #changed = false;
  #pauses = false;

  constructor(deps: PageGateDeps) {
    this.#deps = deps;
  }

  /** A page caused an event, which may have changed what is shown. */
  pageChanged(): void {
    this.#changed = true;
    if (!this.#pauses) this.#updateOnce();
  }

  /** A person did something in the console. The window shows it at once. */
  personChanged(): void {
    this.#changed = false;
    this.#shown = this.#deps.read();
    this.#deps.update();
  }

  #updateOnce(): void {
    this.#changed = false;
    // The pause begins even if nothing has changed, because finding that out takes time too.
    this.#pauses = true;
    this.#deps.timer.schedule(pageUpdateEveryMs, () => {
      this.#pauses = false;
      if (this.#changed) this.#updateOnce();
    });
    const shown = this.#deps.read();
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#deps.update();
  }
}

/** The input events that begin a click or a key press. Mouse movement does not. */
const gestures: ReadonlySet<string> = new Set(['mouseDown', 'rawKeyDown', 'keyDown', 'touchEnd', 'gestureTap']);

/** A page may open one other page for each click or key press of a person. */
export class PersonGesture {
  readonly #timer: Timer;
  readonly #lastsMs: number;
  #cancel: (() => void) | null = null;

  constructor(timer: Timer, lastsMs = gestureLastsMs) {
    this.#timer = timer;
    this.#lastsMs = lastsMs;
  }

  noteInput(inputEvent: string): void {
    if (!gestures.has(inputEvent)) return;
    this.forget();
    this.#cancel = this.#timer.schedule(this.#lastsMs, () => {
      this.#cancel = null;
    });
  }

  /** Whether the page may open another one. Each click counts once. */
  use(): boolean {
    const isFresh = this.#cancel !== null;
    this.forget();
    return isFresh;
  }

  forget(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}

/** More calls than the busiest sign-in page makes. */
export const callsAtOnce = 1500;
/** The cost of opening a page, in the pane or in a frame. An ordinary call costs 1. */
export const openingCost = 25;
const refillEveryMs = 250;
const refilledCalls = 50;
/** A page is closed after this many refused calls, because refusals take time too. */
export const refusalsUntilClosed = 500;

/**
 * Limits how many calls of a page the main process answers. The budget allows a burst and is refilled over time. An event that
 * a page causes counts as a call. No timer runs while the budget is full.
 */
export class CallBudget {
  readonly #timer: Timer;
  readonly #onFlood: () => void;
  #left = callsAtOnce;
  #refused = 0;
  #refills = false;

  constructor(timer: Timer, onFlood: () => void) {
    this.#timer = timer;
    this.#onFlood = onFlood;
  }

  take(cost = 1): boolean {
    if (this.#left < cost) {
      const before = this.#refused;
      this.#refused += cost;
      if (before < refusalsUntilClosed && this.#refused >= refusalsUntilClosed) this.#onFlood();
      return false;
    }
    this.#left -= cost;
    if (!this.#refills) this.#refillLater();
    return true;
  }

  /** A person opens a page. The page begins with a full budget. */
  reset(): void {
    this.#left = callsAtOnce;
    this.#refused = 0;
  }

  #refillLater(): void {
    this.#refills = true;
    this.#timer.schedule(refillEveryMs, () => {
      this.#left = Math.min(callsAtOnce, this.#left + refilledCalls);
      this.#refills = false;
      if (this.#left === callsAtOnce) this.#refused = 0;
      else this.#refillLater();
    });
  }
}
