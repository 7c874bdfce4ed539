// Not `fflate` itself: that is made for Node.js with its threads, loads them by `require`, and cannot be bundled as a module.
import { zipSync } from 'fflate/browser';
import { type CollectedFile, collectDiagnostics, type CollectingRun } from './collect-diagnostics.ts';
import type { DiagnosticsScene } from './diagnostics-part.ts';

/** The years in which the times of a zip lie. */
const earliestAt = Date.UTC(1980, 0, 3);
const latestAt = Date.UTC(2098, 11, 30);

/** How the collecting can be ended, and who hears of its progress. */
export type DiagnosticsRun = Omit<CollectingRun, 'timer'>;

/** The diagnostics as one zip, and what is in it. */
export interface DiagnosticsZip {
  readonly bytes: Uint8Array;
  readonly files: readonly CollectedFile[];
}

/** One zip of these files. `at`: the time of each file in it, in ms; a clock that is wrong by decades makes a zip too. */
export function zipOf(files: readonly CollectedFile[], at: number): Uint8Array {
  const mtime = new Date(Math.min(Math.max(at, earliestAt), latestAt));
  return zipSync(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])), { level: 6, mtime });
}

/** Collects the diagnostics and zips them. Null if the run was cancelled. */
export async function collectZip(scene: DiagnosticsScene, run: CollectingRun): Promise<DiagnosticsZip | null> {
  const files = await collectDiagnostics(scene, run);
  return files && { files, bytes: zipOf(files, scene.now()) };
}
