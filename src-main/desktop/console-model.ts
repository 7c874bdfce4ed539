import type { ConsoleState } from '../../src-shared/console-state.ts';
import { shown } from '../../src-shared/shown-text.ts';
import type { Clock } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';

type StateParts = Omit<ConsoleState, 'revision' | 'at'>;

/** The license is judged again this often, so that the end of a day is noticed. */
const judgeAgainMs = 60_000;

/** The state that the window shows: one snapshot with an increasing revision and cleaned texts. Changes in the same tick are sent once. */
export class ConsoleModel {
  readonly #clock: Clock;
  readonly #read: () => StateParts;
  #tell: (state: ConsoleState) => void = () => {};
  #revision = 0;
  #pending = false;
  #cancelTimer: () => void;

  constructor(deps: { clock: Clock; timer: Timer; read: () => StateParts }) {
    this.#clock = deps.clock;
    this.#read = deps.read;
    const judgeAgain = () => {
      this.changed();
      this.#cancelTimer = deps.timer.schedule(judgeAgainMs, judgeAgain);
    };
    this.#cancelTimer = deps.timer.schedule(judgeAgainMs, judgeAgain);
  }

  /** Stops the timer and the notifications when the window is gone. */
  close(): void {
    this.#cancelTimer();
    this.#tell = () => {};
  }

  set listener(tell: (state: ConsoleState) => void) {
    this.#tell = tell;
  }

  snapshot(): ConsoleState {
    this.#revision += 1;
    return shown({ revision: this.#revision, at: this.#clock.wallNow(), ...this.#read() });
  }

  changed(): void {
    if (this.#pending) return;
    this.#pending = true;
    queueMicrotask(() => {
      this.#pending = false;
      this.#tell(this.snapshot());
    });
  }
}
