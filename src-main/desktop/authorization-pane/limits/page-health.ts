import type { Timer } from '../../../ports/timer.ts';

export const looksEveryMs = 2000;
/** A page that does not answer for this long hangs. */
export const hangsAfterMs = 8000;
/** How long the page may take to answer when a person leaves it. */
export const leaveTimeoutMs = 2000;
/** Several times what a sign-in page takes. */
export const mostMemoryKb = 800_000;
/** How much a page may make the main process grow, for example by blobs and workers. A sign-in page adds a few megabytes. */
export const mostGrowthKb = 32_000;
/** A page keeps the main process busy if both work, and the main process is later than this at two checks in a row. */
export const latestMs = 250;
/** A process that uses less of one processor core counts as idle. A main process that is late while idle waits for a busy computer. */
export const worksFrom = 0.1;

/** What the pages and the main process use at one moment. */
export interface PageUse {
  /** On the monotonic clock. */
  readonly atMs: number;
  /** The memory of all processes of the pages. */
  readonly pagesKb: number;
  /** The processor time of the same processes since each began. */
  readonly pagesMs: number;
  /** The memory of the main process outside its JavaScript heap. */
  readonly mainKb: number;
  /** The processor time of the main process since it began. */
  readonly mainMs: number;
}

interface PageHealthDeps {
  readonly timer: Timer;
  /** Settles as soon as the page can run a script. */
  readonly ask: () => Promise<unknown>;
  readonly use: () => PageUse;
  readonly onHang: () => void;
  /** Called for every answer, including one that comes after a hang or after the computer slept. */
  readonly onAnswer: () => void;
  readonly onTooLarge: () => void;
  /** Called when the page keeps the main process busy. */
  readonly onBusy: () => void;
}

/**
 * Watches an open page: whether it answers, how much memory it takes, and whether it keeps the main process busy. Electron's
 * event `unresponsive` is not enough. It comes only after a person has tried to use the page, and never while the debugger is
 * attached. The console attaches the debugger to refuse file choosers.
 */
export class PageHealth {
  readonly #deps: PageHealthDeps;
  #cancelLook: (() => void) | null = null;
  #asking = false;
  #mainBeganWithKb = 0;
  #lateLooks = 0;
  readonly #pending = new Set<() => void>();

  constructor(deps: PageHealthDeps) {
    this.#deps = deps;
  }

  watch(): void {
    const use = this.#deps.use();
    this.#mainBeganWithKb = use.mainKb;
    this.#lateLooks = 0;
    this.#lookAfter(use);
  }

  stop(): void {
    this.#cancelLook?.();
    this.#cancelLook = null;
    this.#letGo();
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

  /** Another page has loaded. The previous page will no longer answer. */
  pageCame(): void {
    this.#mainBeganWithKb = this.#deps.use().mainKb;
    this.#letGo();
  }

  #letGo(): void {
    for (const answered of this.#pending) answered();
  }

  #lookAfter(before: PageUse): void {
    this.#cancelLook?.();
    this.#cancelLook = this.#deps.timer.schedule(looksEveryMs, () => this.#look(before));
  }

  #look(before: PageUse): void {
    const use = this.#deps.use();
    this.#lookAfter(use);
    const { atMs, pagesKb, pagesMs, mainKb, mainMs } = use;
    const lastedMs = atMs - before.atMs;
    const pageWorks = (pagesMs - before.pagesMs) / lastedMs > worksFrom;
    const mainWorks = (mainMs - before.mainMs) / lastedMs > worksFrom;
    const mainGrew = pageWorks && mainKb - this.#mainBeganWithKb > mostGrowthKb;
    if (pagesKb > mostMemoryKb || mainGrew) return this.#deps.onTooLarge();
    const isLate = pageWorks && mainWorks && lastedMs > looksEveryMs + latestMs;
    this.#lateLooks = isLate ? this.#lateLooks + 1 : 0;
    if (this.#lateLooks === 2) return this.#deps.onBusy();
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
