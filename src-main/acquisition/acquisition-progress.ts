import type { AcquisitionState } from '../../src-shared/license/acquisition-state.ts';
import { eventFacts, type LicenseEvent } from '../../src-shared/license/license-event.ts';
import { present } from '../../src-shared/present.ts';
import type { Failure, Result } from '../../src-shared/result.ts';

type Step = Exclude<AcquisitionState['state'], 'failed'>;

interface AcquisitionProgressDeps {
  readonly onChanged: () => void;
  readonly onEvent: (event: LicenseEvent) => void;
}

/** How far an acquisition has come, or why it failed. Announces each change, and records each failure in the history. */
export class AcquisitionProgress {
  readonly #deps: AcquisitionProgressDeps;
  #step: Step = 'idle';
  #failed: Extract<AcquisitionState, { state: 'failed' }> | null = null;

  constructor(deps: AcquisitionProgressDeps) {
    this.#deps = deps;
  }

  get step(): Step | 'failed' {
    return this.#failed ? 'failed' : this.#step;
  }

  /** The progress for the screen, as far as it needs neither the User Code nor the license. */
  view(): AcquisitionState {
    if (this.#failed) return this.#failed;
    return { state: this.#step === 'requesting_code' || this.#step === 'storing_license' ? this.#step : 'idle' };
  }

  enter(step: Step): void {
    this.#step = step;
    this.#failed = null;
    this.#deps.onChanged();
  }

  /** `userCode`: the code of the acquisition that failed. Returns the failure as a result. */
  fail(reason: Failure, userCode?: string): Result<never> {
    const authorized = this.step === 'storing_license' ? true : undefined;
    this.#failed = present({ state: 'failed', failure: reason, userCode, authorized });
    this.#deps.onEvent({ kind: 'acquisition_failed', ...eventFacts(reason) });
    this.#deps.onChanged();
    return { ok: false, failure: reason };
  }
}
