import type { ServerStanding } from '../../src-shared/window/console-standing.ts';
import type { CheckFinding, LicenseCheck } from '../../src-shared/license/license-check.ts';
import type { Result } from '../../src-shared/result.ts';
import { checkFinding } from '../license/check-finding.ts';

interface LicenseCheckerDeps {
  readonly standing: () => ServerStanding;
  /** Refreshes the tokens, which also brings a renewed license. */
  readonly refreshNow: () => Promise<Result<null>>;
  readonly onChanged: () => void;
}

/** "Check License Now": refreshes the tokens because a person asked for it, and keeps what that found. One check at a time. */
export class LicenseChecker {
  readonly #deps: LicenseCheckerDeps;
  #running: Promise<Result<null>> | null = null;
  #last: { readonly check: LicenseCheck; readonly moment: string } | null = null;

  constructor(deps: LicenseCheckerDeps) {
    this.#deps = deps;
  }

  /** The check in progress, or the last one. Null once the license, its status or its refreshes have changed since then. */
  view(): LicenseCheck | null {
    if (this.#running) return { state: 'checking' };
    return this.#last?.moment === this.#moment() ? this.#last.check : null;
  }

  /** Checks now. Calls during a check share its result. Failures: `not_licensed`, `no_refresh_token`, or why it failed. */
  run(): Promise<Result<null>> {
    this.#running ??= this.#check().finally(() => {
      this.#running = null;
      this.#deps.onChanged();
    });
    this.#deps.onChanged();
    return this.#running;
  }

  async #check(): Promise<Result<null>> {
    const { standing, refreshNow } = this.#deps;
    const before = standing().license;
    const checked = await refreshNow();
    const { license: after, judgedAt: at } = standing();
    const finding: CheckFinding | null = !checked.ok
      ? { kind: 'failed', failure: checked.failure }
      : before && after && checkFinding(before, after);
    this.#last = finding && { check: { state: 'done', at, finding }, moment: this.#moment() };
    return checked;
  }

  /** Changes with everything that ends what the last check said. */
  #moment(): string {
    const { license, refresh, keychain, clock } = this.#deps.standing();
    return JSON.stringify([
      license?.details,
      license?.evaluation.renewal.state,
      license?.evaluation.token.state,
      refresh.lastRefreshedAt,
      refresh.lastFailureAt,
      keychain?.code,
      clock.state,
    ]);
  }
}
