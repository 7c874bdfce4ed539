import type { Timer } from '../ports/timer.ts';

/** What a page changes reaches the screen this often at most. */
export const pageTellsEveryMs = 250;

/** As long as a click counts for the page that it was made in (HTML §6.4.1, transient activation). */
export const gestureLastsMs = 5000;

export interface PageGateDeps {
  readonly timer: Timer;
  /** What is shown of the page now, as a text that can be compared. */
  readonly read: () => string;
  readonly tell: () => void;
}

/**
 * Between what pages cause and what the console is told of it. A page may cause anything any number of times: what is equal
 * is not told again, the rest at most once in {@link pageTellsEveryMs}, and always what it came to in the end.
 */
export class PageGate {
  readonly #deps: PageGateDeps;
  #told = '';
  #changed = false;
  #pauses = false;

  constructor(deps: PageGateDeps) {
    this.#deps = deps;
  }

  /** A page caused something: what is shown of it may be another now. */
  pageChanged(): void {
    this.#changed = true;
    if (!this.#pauses) this.#tellPage();
  }

  /** A person did something in the console: that is told at once. */
  personChanged(): void {
    this.#changed = false;
    this.#told = this.#deps.read();
    this.#deps.tell();
  }

  #tellPage(): void {
    this.#changed = false;
    // Also where nothing is told: reading what is shown takes time too.
    this.#pauses = true;
    this.#deps.timer.schedule(pageTellsEveryMs, () => {
      this.#pauses = false;
      if (this.#changed) this.#tellPage();
    });
    const shown = this.#deps.read();
    if (shown === this.#told) return;
    this.#told = shown;
    this.#deps.tell();
  }
}

/** What begins a click or a key in an `input-event`: not that the mouse passes over the page. */
const gestures: ReadonlySet<string> = new Set(['mouseDown', 'rawKeyDown', 'keyDown', 'touchEnd', 'gestureTap']);

/** A page opens another one only for a person's click or key, and one for each. */
export class PersonGesture {
  readonly #timer: Timer;
  #cancel: (() => void) | null = null;

  constructor(timer: Timer) {
    this.#timer = timer;
  }

  heard(inputEvent: string): void {
    if (!gestures.has(inputEvent)) return;
    this.forget();
    this.#cancel = this.#timer.schedule(gestureLastsMs, () => {
      this.#cancel = null;
    });
  }

  /** May the page open another one? The next one needs another click. */
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

/** More requests and questions than the busiest sign-in page has. */
export const callsAtOnce = 1500;
const refillEveryMs = 250;
const refilledCalls = 50;
/** A page that goes on for so long with what it does not get is closed: also refusing takes time. */
export const refusalsUntilClosed = 500;

/**
 * What a page asks main for takes a share of it: so many calls may come at once, and so many more a second. Where there is
 * nothing to make up for, no timer runs.
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

  take(): boolean {
    if (this.#left === 0) {
      this.#refused += 1;
      if (this.#refused === refusalsUntilClosed) this.#onFlood();
      return false;
    }
    this.#left -= 1;
    if (!this.#refills) this.#refillLater();
    return true;
  }

  /** A person opens a page: what the one before it asked for does not count against it. */
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
