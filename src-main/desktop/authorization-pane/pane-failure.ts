import type { FailureCode } from '../../../src-shared/failure-codes.ts';
import type { Failure } from '../../../src-shared/result.ts';

/** Why the pane shows a notice, and not the page that was opened. */
export class PaneFailure {
  #reason: Failure | null = null;
  #isOfStart = false;

  get reason(): Failure | null {
    return this.#reason;
  }

  /** Whether it is the start page that could not be shown. */
  get isOfStart(): boolean {
    return this.#reason !== null && this.#isOfStart;
  }

  note(reason: Failure, isOfStart: boolean): void {
    this.#reason = reason;
    this.#isOfStart = isOfStart;
  }

  clear(): void {
    this.#reason = null;
  }

  is(code: FailureCode): boolean {
    return this.#reason?.code === code;
  }

  /** Whether a page still exists behind the notice. `hasPage`: the view has one, which may be the page before. */
  hidesPage(hasPage: boolean): boolean {
    if (this.is('page_hangs')) return true;
    if (this.is('page_unusable') || this.is('integrated_sign_in')) return !this.#reason?.facts?.['empty'];
    return this.is('address_not_allowed') && hasPage;
  }
}
