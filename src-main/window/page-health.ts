import type { Timer } from '../ports/timer.ts';

export const looksEveryMs = 2000;
/** A page that does not answer for this long hangs. */
export const hangsAfterMs = 8000;
/** How long a person who leaves the page waits for it. */
export const letsGoAfterMs = 2000;
/** Several times what a sign-in page takes. */
export const mostMemoryKb = 800_000;

export interface PageHealthDeps {
  readonly timer: Timer;
  /** Settles as soon as the page can run a script. */
  readonly ask: () => Promise<unknown>;
  /** The memory of all processes of the page. */
  readonly memoryKb: () => number;
  readonly onHang: () => void;
  /** Called for every answer, also one that comes after a hang or after the computer slept. */
  readonly onAnswer: () => void;
  readonly onTooLarge: () => void;
}

/**
 * Watches a page while it is open: does it still answer, and how much memory does it take? Electron's own event `unresponsive` comes
 * only after a person has tried to use the page, and not while developer tools are attached, as they are to refuse files.
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
      // A page that has closed does not hang.
      this.#deps.ask().then(answered, answered);
    });
  }

  /** Another page has loaded. The page before it will not answer any more. */
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
