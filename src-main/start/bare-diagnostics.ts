import { homedir } from 'node:os';
import type { Failure } from '../../src-shared/result.ts';
import { aboutComputer, runtimeOfProcess } from '../adapters/computer/about-computer.ts';
import { systemClock } from '../adapters/computer/system-clock.ts';
import { systemTimer } from '../adapters/computer/system-timer.ts';
import { createDiagnosticsFiles } from '../adapters/disk/diagnostics-files.ts';
import { readCommandLine } from '../commands/command-arguments.ts';
import { outputOf } from '../commands/run-command.ts';
import { saveZip } from '../commands/save-diagnostics.ts';
import { collectZip } from '../diagnostics/diagnostics-zip.ts';
import type { Terminal } from '../ports/terminal.ts';

interface BareDiagnostics {
  readonly words: readonly string[];
  readonly terminal: Terminal;
  readonly version: string;
  /** The data folder. */
  readonly folder: string;
  /** Why the console cannot start. */
  readonly trouble: Failure;
}

/**
 * Saves what can be collected without a console, if the command asks for the diagnostics: system, log and data folder. Resolves to the
 * exit code. Null if it is another command.
 */
export async function saveBareDiagnostics(asked: BareDiagnostics): Promise<number | null> {
  const { words, terminal, version, folder, trouble } = asked;
  const read = readCommandLine(words);
  if (!read.ok || read.value.explains !== null || words[0] !== 'diagnose') return null;
  const { args } = read.value;
  const file = args.value('save');
  if (file === undefined) return null;
  const output = outputOf(words, terminal);
  output.failureWords(trouble);
  const scene = {
    product: { version, runtime: runtimeOfProcess() },
    about: async () => ({ ...(await aboutComputer(version, folder)), support: { state: 'none' as const } }),
    now: () => systemClock.wallNow(),
    home: homedir(),
    disk: createDiagnosticsFiles(folder),
    services: null,
    trouble,
  };
  const end = await saveZip({ output, file, replaces: args.has('yes') }, (run) =>
    collectZip(scene, { ...run, timer: systemTimer }),
  );
  return typeof end === 'number' ? end : output.fail(end.failure);
}
