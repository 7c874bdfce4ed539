import type { Timer } from '../ports/timer.ts';

export const looksEveryMs = 2000;
/** The page that shows nothing of what a person does for so long hangs. */
export const hangsAfterMs = 8000;
/** A person who goes elsewhere waits no longer for the page to let go. */
export const letsGoAfterMs = 2000;
/** Several times what a sign-in page takes. */
export const mostMemoryKb = 800_000;

export interface PageHealthDeps {
  readonly timer: Timer;
  /** Resolves or fails as soon as the page can do anything. */
  readonly ask: () => Promise<unknown>;
  /** Of all processes of the page. */
  readonly memoryKb: () => number;
  readonly onHang: () => void;
  /** Also after it hung for a while, or the whole computer slept. */
  readonly onAnswer: () => void;
  readonly onTooLarge: () => void;
}

/**
 * Watches a page for as long as it is there: does it still answer, and how much memory does it take? Electron's own
 * `unresponsive` comes only after a person tried to use the page, and never while its files are refused as they are.
 */
export class PageHealth {
  readonly #deps: PageHealthDeps;
  #cancelLook: (() => void) | null = null;
  #asking = false;
  readonly #pending = new Set<() => void>();

  constructor(deps: PageHealthDeps) {
    this.#deps = deps;
  }

  watch(): void {
    this.#cancelLook?.();
    this.#cancelLook = this.#deps.timer.schedule(looksEveryMs, () => this.#look());
  }

  stop(): void {
    this.#cancelLook?.();
    this.#cancelLook = null;
    this.pageCame();
  }

  async answersWithin(limitMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const answered = () => end(true);
      const end = (answers: boolean) => {
        cancel();
        this.#pending.delete(answered);
        resolve(answers);
      };
      const cancel = this.#deps.timer.schedule(limitMs, () => end(false));
      this.#pending.add(answered);
      // A page that is gone does not hang.
      this.#deps.ask().then(answered, answered);
    });
  }

  /** Another page is there: what was asked of the one before is never answered. */
  pageCame(): void {
    for (const answered of this.#pending) answered();
  }

  #look(): void {
    this.watch();
    if (this.#deps.memoryKb() > mostMemoryKb) return this.#deps.onTooLarge();
    if (this.#asking) return;
    this.#asking = true;
    void this.answersWithin(hangsAfterMs).then((answered) => {
      this.#asking = false;
      if (this.#cancelLook === null) return;
      if (answered) this.#deps.onAnswer();
      else this.#deps.onHang();
    });
  }
}
