import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import { shown } from '../../src-shared/text/shown-text.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../ports/clock.ts';

type StateParts = Omit<ConsoleState, 'revision' | 'at'>;

/** The state that the window shows: one snapshot after each change, with an increasing revision and cleaned texts. */
export class ConsoleModel {
  readonly #clock: Clock;
  readonly #read: () => StateParts;
  readonly #unsubscribe: () => void;
  #revision = 0;
  /** Gets each snapshot. */
  listener: (state: ConsoleState) => void = () => {};

  constructor(deps: { clock: Clock; changes: Pick<Changes, 'subscribe'>; read: () => StateParts }) {
    this.#clock = deps.clock;
    this.#read = deps.read;
    this.#unsubscribe = deps.changes.subscribe(() => this.listener(this.snapshot()));
  }

  /** Call when the window is gone. */
  close(): void {
    this.#unsubscribe();
  }

  snapshot(): ConsoleState {
    this.#revision += 1;
    return shown({ revision: this.#revision, at: this.#clock.wallNow(), ...this.#read() });
  }
}
