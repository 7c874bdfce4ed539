import type { Socket } from 'node:net';
import type { Timer } from '../../ports/timer.ts';

export interface TunnelHealthDeps {
  readonly timer: Timer;
  /** A tunnel through which nothing has come back for this long does not work. In ms. */
  readonly silentMs: number;
  /** For how long a laptop whose tunnels do not work is not used. In ms. */
  readonly avoidMs: number;
  readonly onChanged: () => void;
}

/** So many tunnels in a row that do not work show that the laptop passes nothing on. */
const mostFailures = 3;

/**
 * Do the tunnels through a laptop work? A laptop may answer, and yet pass nothing on. After three such tunnels in a row it is avoided for
 * a while, and then after each further one, until a tunnel works.
 */
export class TunnelHealth {
  readonly #deps: TunnelHealthDeps;
  #failures = 0;
  #isAvoided = false;
  #cancel: () => void = () => {};

  constructor(deps: TunnelHealthDeps) {
    this.#deps = deps;
  }

  get isAvoided(): boolean {
    return this.#isAvoided;
  }

  /** The laptop did not open a tunnel, or nothing came back through it. */
  failed(): void {
    this.#failures += 1;
    if (this.#isAvoided || this.#failures < mostFailures) return;
    this.#isAvoided = true;
    this.#cancel = this.#deps.timer.schedule(this.#deps.avoidMs, () => this.#useAgain());
    this.#deps.onChanged();
  }

  /** Judges a tunnel that was opened for a client. Call it once the data of both is passed on. */
  watch(tunnel: Socket, client: { readonly readableEnded: boolean; readonly destroyed: boolean }): void {
    let isJudged = false;
    const judge = (works: boolean | null) => {
      if (isJudged) return;
      isJudged = true;
      cancel();
      if (works === true) this.#worked();
      // A client that left waited for nothing.
      if (works === false && !client.readableEnded && !client.destroyed) this.failed();
    };
    const cancel = this.#deps.timer.schedule(this.#deps.silentMs, () => judge(false));
    tunnel.once('data', () => judge(true));
    tunnel.once('end', () => judge(false));
    tunnel.once('error', () => judge(false));
    tunnel.once('close', () => judge(null));
  }

  stop(): void {
    this.#cancel();
  }

  #worked(): void {
    this.#failures = 0;
    if (this.#isAvoided) this.#useAgain();
  }

  #useAgain(): void {
    this.#cancel();
    this.#isAvoided = false;
    this.#deps.onChanged();
  }
}
