// Not `fflate` itself: its build for Node.js loads threads by `require`, so it cannot be bundled as a module.
import { zipSync } from 'fflate/browser';
import { type CollectedFile, collectDiagnostics, type CollectingRun } from './collect-diagnostics.ts';
import type { DiagnosticsScene } from './diagnostics-part.ts';

/** The range of years that a zip can hold. */
const zipEarliestAt = Date.UTC(1980, 0, 3);
const zipLatestAt = Date.UTC(2098, 11, 30);

/** How to cancel the collecting, and where its progress goes. */
export type DiagnosticsRun = Omit<CollectingRun, 'timer'>;

/** The diagnostics as one zip, with the list of its files. */
export interface DiagnosticsZip {
  readonly bytes: Uint8Array;
  readonly files: readonly CollectedFile[];
}

/** One zip of these files. `at`: the time of each file in it, in ms; a clock that is wrong by decades does no harm. */
export function zipOf(files: readonly CollectedFile[], at: number): Uint8Array {
  const mtime = new Date(Math.min(Math.max(at, zipEarliestAt), zipLatestAt));
  return zipSync(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])), { level: 6, mtime });
}

/** Collects the diagnostics and zips them. Null if the run was cancelled. */
export async function collectZip(scene: DiagnosticsScene, run: CollectingRun): Promise<DiagnosticsZip | null> {
  const files = await collectDiagnostics(scene, run);
  return files && { files, bytes: zipOf(files, scene.now()) };
}
