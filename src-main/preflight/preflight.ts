import type { CheckResult, PreflightReport, PreflightView } from '../../src-shared/preflight.ts';
import type { Clock } from '../ports/clock.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import type { PreflightRun } from './run-preflight.ts';

export interface PreflightDeps {
  readonly clock: Pick<Clock, 'wallNow'>;
  /** Runs the checks of this computer and of these servers. */
  readonly run: (servers: readonly LicensedServer[], run: Omit<PreflightRun, 'timer'>) => Promise<PreflightReport>;
  readonly onChanged: () => void;
}

interface Shown {
  readonly server: LicensedServer | null;
  readonly ending: AbortController;
  view: PreflightView;
}

/** The last run of the checks that a person asked for in the window. */
export class Preflight {
  readonly #deps: PreflightDeps;
  #shown: Shown | null = null;

  constructor(deps: PreflightDeps) {
    this.#deps = deps;
  }

  /** The run for this server. Null if there was none, or if it was about another server. */
  view(server: LicensedServer | null): PreflightView | null {
    return this.#shown?.server === server ? this.#shown.view : null;
  }

  /** Runs the checks. Ends a run that is about another server; one about this server goes on. */
  start(server: LicensedServer | null): void {
    if (this.view(server)?.state === 'running') return;
    this.cancel();
    const shown: Shown = { server, ending: new AbortController(), view: { state: 'running', results: [] } };
    this.#shown = shown;
    this.#deps.onChanged();
    void this.#run(shown);
  }

  /** Ends the run. What was checked until then stays to be seen. */
  cancel(): void {
    if (this.#shown?.view.state !== 'running') return;
    this.#shown.ending.abort();
    this.#end(this.#shown, 'cancelled');
  }

  async #run(shown: Shown): Promise<void> {
    await this.#deps.run(shown.server ? [shown.server] : [], {
      signal: shown.ending.signal,
      onResult: (result) => this.#add(shown, result),
    });
    if (!shown.ending.signal.aborted) this.#end(shown, 'done');
  }

  #add(shown: Shown, result: CheckResult): void {
    if (shown.ending.signal.aborted) return;
    shown.view = { ...shown.view, results: [...shown.view.results, result] };
    this.#deps.onChanged();
  }

  #end(shown: Shown, state: 'done' | 'cancelled'): void {
    shown.view = { ...shown.view, state, endedAt: this.#deps.clock.wallNow() };
    this.#deps.onChanged();
  }
}
