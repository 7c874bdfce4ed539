import type { RelayWay } from '../../src-main/ports/relay.ts';
import type { FailureCode } from '../../src-shared/failure-codes.ts';

/** A way through a laptop that notes what it is asked. */
export class FakeWay implements RelayWay {
  readonly port = 4444;
  readonly name = 'n';
  readonly password = 'p';
  readonly asked: string[] = [];
  readonly answers: boolean[] = [];
  isDoubted = false;
  readonly #refusal: FailureCode | null;

  constructor(refusal: FailureCode | null = null) {
    this.#refusal = refusal;
  }

  refusalOf(authority: string): FailureCode | null {
    this.asked.push(authority);
    return this.#refusal;
  }

  noteAnswer(came: boolean): void {
    this.answers.push(came);
    this.isDoubted = !came;
  }
}
