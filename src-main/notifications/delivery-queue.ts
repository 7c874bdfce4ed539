interface Waiting {
  readonly topic: string;
  readonly level: number;
  readonly start: () => Promise<void>;
}

/** This many deliveries run at once. A program that hangs then delays an urgent event only until one of them reaches its time limit. */
export const mostAtOnce = 4;

/**
 * Runs several deliveries at once and chooses the next one when a place becomes free: that of the highest level, and the first of those.
 * Deliveries of one topic never run at the same time, so that its end is not accepted before its cause.
 */
export class DeliveryQueue {
  #waiting: readonly Waiting[] = [];
  readonly #running = new Set<string>();

  /** Resolves when the delivery has run. Rejects if it throws, which does not keep the others from running. */
  run<T>(topic: string, level: number, deliver: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const start = () => deliver().then(resolve, reject);
      this.#waiting = [...this.#waiting, { topic, level, start }];
      this.#fill();
    });
  }

  #fill(): void {
    while (this.#running.size < mostAtOnce) {
      const next = this.#next();
      if (!next) return;
      this.#waiting = this.#waiting.filter((each) => each !== next);
      this.#running.add(next.topic);
      void next.start().finally(() => {
        this.#running.delete(next.topic);
        this.#fill();
      });
    }
  }

  #next(): Waiting | undefined {
    let next: Waiting | undefined;
    for (const each of this.#waiting)
      if (!this.#running.has(each.topic) && each.level > (next?.level ?? Number.NEGATIVE_INFINITY)) next = each;
    return next;
  }
}
