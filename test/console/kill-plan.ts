import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Tells a test build of the console where to die, and reads which moments it has passed. See test-build/kill-points.ts. */
export class KillPlan {
  readonly #folder = mkdtempSync(join(tmpdir(), 'license-console-kills-'));

  get env(): Record<string, string> {
    return { FLC_TEST_KILL_FOLDER: this.#folder };
  }

  /** Clears the plan and the journal of passed moments. */
  startOver(): void {
    rmSync(this.#path('kill-at'), { force: true });
    rmSync(this.#path('journal'), { force: true });
  }

  /** Kills the process when it passes the moment of that name for the `times`th time from now on. */
  killAt(moment: string, times = 1): void {
    this.startOver();
    writeFileSync(this.#path('kill-at'), `${moment}\n${times}`);
  }

  /** All passed moments in order, including repetitions. */
  get passed(): readonly string[] {
    if (!existsSync(this.#path('journal'))) return [];
    return readFileSync(this.#path('journal'), 'utf8').split('\n').filter(Boolean);
  }

  /** No effect is in progress. */
  get isQuiet(): boolean {
    const count = (start: string) => this.passed.filter((moment) => moment.startsWith(start)).length;
    return count('before ') === count('after ');
  }

  /** Has the planned moment come? If so, the process has ended, even if its pipes do not show that yet. */
  get hasStruck(): boolean {
    if (!existsSync(this.#path('kill-at'))) return false;
    const [moment, times] = readFileSync(this.#path('kill-at'), 'utf8').split('\n');
    return this.passed.filter((passed) => passed === moment).length >= Number(times);
  }

  discard(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}
