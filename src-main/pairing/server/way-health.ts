/**
 * Do requests through a laptop get answers? A laptop may seem alive, open connections and pass on the first bytes, and yet no answer comes
 * through it: its Wi-Fi is gone, or it has no internet. So requests are judged, and not connections. After one without an answer the route
 * is doubted until one is answered, however long that takes. An Authorization server repeats a lost answer only within seconds, so a second
 * loss would be final.
 */
export class WayHealth {
  readonly #onChanged: () => void;
  #isDoubted = false;
  #isOver = false;

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged;
  }

  get isDoubted(): boolean {
    return this.#isDoubted;
  }

  noteAnswer(came: boolean): void {
    if (this.#isOver || this.#isDoubted === !came) return;
    this.#isDoubted = !came;
    this.#onChanged();
  }

  stop(): void {
    this.#isOver = true;
  }
}
