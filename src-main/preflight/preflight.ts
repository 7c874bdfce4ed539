import { inOrder } from './check-order.ts';
import {
  type CheckResult,
  type PreflightReport,
  type PreflightState,
  type PreflightView,
} from '../../src-shared/support/preflight.ts';
import type { Clock } from '../ports/clock.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import type { PreflightRun } from './run-preflight.ts';

export interface PreflightDeps {
  readonly clock: Pick<Clock, 'wallNow'>;
  /** Runs the checks of this computer and of these servers. */
  readonly run: (servers: readonly LicensedServer[], run: Omit<PreflightRun, 'timer'>) => Promise<PreflightReport>;
  readonly onFault: (thrown: unknown) => void;
  readonly onChanged: () => void;
}

interface Shown {
  readonly server: LicensedServer | null;
  readonly ending: AbortController;
  view: PreflightView;
}

/** The last run of the checks in the window: the one that a person asked for, or the console's own before the first *Next*. */
export class Preflight {
  readonly #deps: PreflightDeps;
  #shown: Shown | null = null;
  /** The servers that the console itself has checked, each with the address of its Authorization server. */
  readonly #lookedAt = new Map<LicensedServer, string>();
  #hasBegun = false;
  #awaits: LicensedServer | null = null;

  constructor(deps: PreflightDeps) {
    this.#deps = deps;
  }

  /** The run for this server. Null if there was none, or if it was about another server. */
  view(server: LicensedServer | null): PreflightView | null {
    return this.#shown?.server === server ? this.#shown.view : null;
  }

  /** Runs the checks for a person. Ends a run of the console, or about another server. A person's run about this server continues. */
  start(server: LicensedServer | null): void {
    const view = this.view(server);
    if (view?.state !== 'running' || view.askedBy !== 'person') this.#start(server, 'person');
  }

  /** Call when the start of the console is over. The console's own checks wait for that, so as not to slow it down. */
  begin(): void {
    this.#hasBegun = true;
    const server = this.#awaits;
    this.#awaits = null;
    if (server) this.look(server);
  }

  /** Call when a window opens: the console then checks again. */
  windowOpens(): void {
    this.#lookedAt.clear();
  }

  /**
   * Runs the checks for the console itself, if this server has no license, nobody has just removed it, nothing is being acquired, and
   * these checks did not run yet since the window opened.
   */
  look(server: LicensedServer | null): void {
    if (!server || server.license.view() || server.removal.state !== 'idle') return;
    if (server.acquisition.view().state !== 'idle') return;
    if (!this.#hasBegun) {
      this.#awaits = server;
      return;
    }
    const { issuer } = server.profile;
    if (this.#lookedAt.get(server) === issuer) return;
    this.#lookedAt.set(server, issuer);
    if (this.view(server)?.state !== 'running') this.#start(server, 'console');
  }

  /** Ends the run. The results so far stay visible. */
  cancel(): void {
    if (this.#shown?.view.state !== 'running') return;
    const shown = this.#shown;
    this.#end(shown, 'cancelled');
    shown.ending.abort();
  }

  #start(server: LicensedServer | null, askedBy: PreflightView['askedBy']): void {
    this.cancel();
    const shown: Shown = { server, ending: new AbortController(), view: { askedBy, state: 'running', results: [] } };
    this.#shown = shown;
    this.#deps.onChanged();
    void this.#run(shown);
  }

  async #run(shown: Shown): Promise<void> {
    try {
      await this.#deps.run(shown.server ? [shown.server] : [], {
        signal: shown.ending.signal,
        onResult: (result) => this.#add(shown, result),
      });
      this.#end(shown, 'done');
    } catch (thrown) {
      this.#deps.onFault(thrown);
      this.#end(shown, 'failed');
    }
  }

  #add(shown: Shown, result: CheckResult): void {
    if (shown.ending.signal.aborted) return;
    shown.view = { ...shown.view, results: inOrder([...shown.view.results, result]) };
    this.#deps.onChanged();
  }

  #end(shown: Shown, state: Exclude<PreflightState, 'running'>): void {
    if (shown.ending.signal.aborted) return;
    shown.view = { ...shown.view, state, endedAt: this.#deps.clock.wallNow() };
    this.#deps.onChanged();
  }
}
