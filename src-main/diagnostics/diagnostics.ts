import type { DiagnosticsText, DiagnosticsView } from '../../src-shared/support/diagnostics-view.ts';
import { fail, failure, type Result, succeed } from '../../src-shared/result.ts';
import type { CollectedFile } from './collect-diagnostics.ts';
import type { DiagnosticsRun } from './diagnostics-zip.ts';

export interface DiagnosticsDeps {
  /** Collects them. Null if the run was cancelled. */
  readonly collect: (run: DiagnosticsRun) => Promise<readonly CollectedFile[] | null>;
  /** The wall time of this computer, in ms. */
  readonly now: () => number;
  readonly onFault: (thrown: unknown) => void;
  readonly onChanged: () => void;
}

interface Asked {
  readonly ending: AbortController;
  view: DiagnosticsView;
  files: readonly CollectedFile[];
}

/** The diagnostics that a person asked for in the window. The person sees exactly what is saved: both come from the same bytes. */
export class Diagnostics {
  readonly #deps: DiagnosticsDeps;
  #asked: Asked | null = null;

  constructor(deps: DiagnosticsDeps) {
    this.#deps = deps;
  }

  /** Null until a person asks for them, and after the dialog was closed. */
  view(): DiagnosticsView | null {
    return this.#asked?.view ?? null;
  }

  /** Begins to collect them, unless that is already in progress. Forgets what was collected before. */
  collect(): void {
    if (this.#asked?.view.state === 'collecting') return;
    const asked: Asked = { ending: new AbortController(), view: { state: 'collecting', done: 0, total: 1 }, files: [] };
    this.#asked = asked;
    this.#deps.onChanged();
    void this.#run(asked);
  }

  /** Ends the collecting, and forgets what was collected. */
  end(): void {
    this.#asked?.ending.abort();
    this.#asked = null;
    this.#deps.onChanged();
  }

  /** The text of one file. Failure: `request_malformed` if there is no such file, or no longer one. */
  async read(name: string): Promise<Result<DiagnosticsText>> {
    const { linesOf } = await import('./collect-diagnostics.ts');
    const file = this.#asked?.files.find((each) => each.name === name);
    return file ? succeed({ name, lines: linesOf(file) }) : fail('request_malformed');
  }

  /** The zip of the files that can be read now. Failure: `request_malformed` if there are none. */
  async zip(): Promise<Result<Uint8Array>> {
    const { zipOf } = await import('./diagnostics-zip.ts');
    const files = this.#asked?.files ?? [];
    return files.length > 0 ? succeed(zipOf(files, this.#deps.now())) : fail('request_malformed');
  }

  async #run(asked: Asked): Promise<void> {
    try {
      const files = await this.#deps.collect({
        signal: asked.ending.signal,
        onProgress: (done, total) => this.#show(asked, { state: 'collecting', done, total }),
      });
      asked.files = files ?? [];
      const listed = asked.files.map(({ name, kind, bytes }) => ({ name, kind, bytes: bytes.length }));
      this.#show(asked, { state: 'collected', files: listed });
    } catch (thrown) {
      this.#deps.onFault(thrown);
      this.#show(asked, { state: 'failed', failure: failure('internal_error') });
    }
  }

  #show(asked: Asked, view: DiagnosticsView): void {
    if (asked.ending.signal.aborted) return;
    asked.view = view;
    this.#deps.onChanged();
  }
}
