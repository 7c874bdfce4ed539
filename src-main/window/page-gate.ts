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
  #cancelPause: (() => void) | null = null;

  constructor(deps: PageGateDeps) {
    this.#deps = deps;
  }

  /** A page caused something: what is shown of it may be another now. */
  pageChanged(): void {
    this.#changed = true;
    if (this.#cancelPause === null) this.#tellPage();
  }

  /** A person did something in the console: that is told at once. */
  personChanged(): void {
    this.#changed = false;
    this.#told = this.#deps.read();
    this.#deps.tell();
  }

  close(): void {
    this.#cancelPause?.();
    this.#cancelPause = null;
    this.#changed = false;
  }

  #tellPage(): void {
    this.#changed = false;
    // Also where nothing is told: reading what is shown takes time too.
    this.#cancelPause = this.#deps.timer.schedule(pageTellsEveryMs, () => {
      this.#cancelPause = null;
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

/** More than the busiest sign-in page asks for. */
export const requestsAtOnce = 1500;
const refillEveryMs = 250;
const refilledRequests = 50;

/**
 * Judging a request takes a share of main: so many may be asked at once, and so many more a second. Where there is nothing to
 * make up for, no timer runs.
 */
export class RequestBudget {
  readonly #timer: Timer;
  #left = requestsAtOnce;
  #refills = false;

  constructor(timer: Timer) {
    this.#timer = timer;
  }

  take(): boolean {
    if (this.#left === 0) return false;
    this.#left -= 1;
    if (!this.#refills) this.#refillLater();
    return true;
  }

  /** A person opens a page: what the one before it asked for does not count against it. */
  reset(): void {
    this.#left = requestsAtOnce;
  }

  #refillLater(): void {
    this.#refills = true;
    this.#timer.schedule(refillEveryMs, () => {
      this.#left = Math.min(requestsAtOnce, this.#left + refilledRequests);
      this.#refills = false;
      if (this.#left < requestsAtOnce) this.#refillLater();
    });
  }
}
