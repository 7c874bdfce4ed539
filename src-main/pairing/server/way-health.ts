import type { Timer } from '../../ports/timer.ts';

export interface WayHealthDeps {
  readonly timer: Timer;
  /** For how long a way is doubted after a request got no answer. In ms. */
  readonly doubtMs: number;
  readonly onChanged: () => void;
}

/**
 * Do requests through a laptop get answers? A laptop may seem alive, open connections and pass on the first bytes, and yet no
 * answer comes through it: its Wi-Fi is gone, or it has no internet. So requests are judged, and not connections. After one without an
 * answer the way is doubted, until a request is answered or for a while. An Authorization server gives an answer that was lost again
 * for seconds only, so a second loss would be one too many.
 */
export class WayHealth {
  readonly #deps: WayHealthDeps;
  #isDoubted = false;
  #isOver = false;
  #cancel: () => void = () => {};

  constructor(deps: WayHealthDeps) {
    this.#deps = deps;
  }

  get isDoubted(): boolean {
    return this.#isDoubted;
  }

  noteAnswer(came: boolean): void {
    if (this.#isOver) return;
    this.#cancel();
    if (!came) this.#cancel = this.#deps.timer.schedule(this.#deps.doubtMs, () => this.#become(false));
    this.#become(!came);
  }

  stop(): void {
    this.#isOver = true;
    this.#cancel();
  }

  #become(isDoubted: boolean): void {
    if (this.#isDoubted === isDoubted) return;
    this.#isDoubted = isDoubted;
    this.#deps.onChanged();
  }
}
