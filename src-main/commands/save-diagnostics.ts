import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { diagnosticsWords } from '../../src-shared/words/diagnostics-words.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { savedDiagnostics } from '../diagnostics/saved-diagnostics.ts';
import type { DiagnosticsRun, DiagnosticsZip } from '../diagnostics/diagnostics-zip.ts';
import { type CommandCall, type CommandEnd, failed, malformed } from './command.ts';
import type { CommandOutput } from './command-output.ts';
import { exitCodes } from './exit-codes.ts';
import { askYes } from './remove-command.ts';

/**
 * Saves the diagnostics as one zip where the command was given. Exit code: `done` if they are saved, even if something is wrong on this
 * computer. Failures: `command_malformed`, `file_exists`, `diagnostics_not_saved`, `command_cancelled`.
 */
export function saveDiagnostics({ services, args, output }: CommandCall, file: string): Promise<CommandEnd> {
  if (args.value('server') !== undefined)
    return Promise.resolve(malformed(terminalWords.wrong.notWith('--server', '--save')));
  return saveZip({ output, file, replaces: args.has('yes') }, (run) => services.diagnostics(services.isInPlace, run));
}

interface ZipRequest {
  readonly output: CommandOutput;
  readonly file: string;
  /** A file of that name may be replaced without a question. */
  readonly replaces: boolean;
}

/** As {@link saveDiagnostics}, with the function that collects them. Also for a console that cannot start. */
export async function saveZip(
  { output, file, replaces }: ZipRequest,
  collect: (run: DiagnosticsRun) => Promise<DiagnosticsZip | null>,
): Promise<CommandEnd> {
  const { terminal } = output;
  // A zip on the standard output would fill a terminal with garbage, and the channel to a running console carries only text for it.
  if (file === '-') return malformed(terminalWords.diagnose.needsFile);
  const mayReplace = replaces ? succeed(true) : await askWhetherToReplace(output, file);
  if (!mayReplace.ok) return mayReplace;
  const collected = await collect({
    signal: terminal.cancelled,
    onProgress: (done, total) => output.live(diagnosticsWords.collecting(done, total)),
  });
  if (collected === null) return failed('command_cancelled');
  const { bytes, files } = collected;
  const saved = savedDiagnostics(await terminal.save(file, bytes, mayReplace.value));
  if (!saved.ok) return saved;
  output.document({
    saved: true,
    file,
    bytes: bytes.length,
    files: files.map(({ name, bytes: content }) => ({ name, bytes: content.length })),
  });
  output.say(terminalWords.diagnose.saved(file, diagnosticsWords.size(bytes.length)));
  output.lines(files.map(({ name, bytes: content }) => `  ${name} (${diagnosticsWords.size(content.length)})`));
  output.say(terminalWords.diagnose.lookFirst);
  return exitCodes.done;
}

/** True if the existing file may be replaced. Failures: `file_exists` if nobody can be asked, `command_cancelled`. */
export async function askWhetherToReplace(output: CommandOutput, file: string): Promise<Result<boolean>> {
  const there = await output.terminal.isThere(file);
  if (!there.ok || !there.value) return there;
  const answer = await askYes(terminalWords.diagnose.replace(file), output);
  if (answer.ok) return succeed(true);
  return answer.failure.code === 'confirmation_missing' ? fail('file_exists', { facts: { file } }) : answer;
}
