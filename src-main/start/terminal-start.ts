import { app } from 'electron';
import { type Failure, failure } from '../../src-shared/result.ts';
import { present } from '../../src-shared/present.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { channelFileTrouble, readChannelFile } from '../adapters/command-channel/command-channel-file.ts';
import { runAtConsole } from '../adapters/command-channel/command-channel-client.ts';
import { CommandChannel } from '../adapters/command-channel/command-channel-server.ts';
import { isRunning } from '../adapters/computer/running-process.ts';
import { lockHolder } from '../adapters/disk/lock-holder.ts';
import { lockObstacle } from '../adapters/disk/lock-obstacle.ts';
import { runExclusively } from '../adapters/disk/run-exclusively.ts';
import { ProcessTerminal } from '../adapters/command-channel/process-terminal.ts';
import { logFile, logIfPossible } from '../adapters/disk/file-log.ts';
import { stackOf, thrownText } from '../adapters/disk/structured-log.ts';
import { endInOrder } from './orderly-end.ts';
import { launcherSays, commandLockData } from './command-line.ts';
import { exitCodes } from '../commands/exit-codes.ts';
import { answerAlone, outputOf, takesLong } from '../commands/run-command.ts';
import type { RunCommand } from '../ports/terminal.ts';

/** The console without a window, as the process of a command runs it. */
export interface ConsoleInPlace {
  readonly commands: {
    readonly run: RunCommand;
    beginInPlace(): Promise<void>;
    settled(): Promise<void>;
  };
  close(): Promise<void>;
}

type ComposeInPlace = (preset: null) => Promise<ConsoleInPlace>;

/** How long a command waits for a console that is just starting or closing. */
const patienceMs = 20_000;
const lookAgainMs = 200;

/**
 * Runs a terminal command. If a console is running, the command runs there. Otherwise this process becomes the console, without a
 * window, until all commands have ended.
 */
export function startInTerminal(words: readonly string[], compose: ComposeInPlace): Promise<void> {
  return runInTerminal(words, (terminal) => run(words, terminal, compose));
}

/** Ends a terminal command without a console, with words for the failure. */
export function failInTerminal(words: readonly string[], trouble: Failure): Promise<void> {
  return runInTerminal(words, (terminal) => failOrSaveBare(words, terminal, trouble));
}

async function runInTerminal(
  words: readonly string[],
  does: (terminal: ProcessTerminal) => Promise<number>,
): Promise<void> {
  const terminal = new ProcessTerminal(process, launcherSays(process.argv));
  void app.whenReady().then(() => terminal.listenToSignals());
  app.on('before-quit', (event) => {
    event.preventDefault();
    terminal.cancel();
  });
  app.on('window-all-closed', () => {});
  // No icon in the Dock, and no menu bar.
  if (process.platform === 'darwin') app.setActivationPolicy('prohibited');
  const exitCode = await does(terminal).catch((thrown: unknown) => {
    terminal.writeError(`${thrownText(thrown)}\n`);
    logIfPossible(logFile(app.getPath('userData')), 'error', 'command_failed', { stack: stackOf(thrown) });
    return failOrSaveBare(words, terminal, failure('internal_error'));
  });
  if (await terminal.flush()) return end(exitCode);
  terminal.writeError(`${terminalWords.outputLost}\n`);
  await terminal.flush();
  end(exitCode || exitCodes.failed);
}

/**
 * Ends the process at once, after everything that matters is closed and written. Electron's own exit also tears down window parts,
 * which a command does not have. It crashes there once in about forty commands (Electron 33 on Linux), and loses the exit code.
 */
function end(exitCode: number): void {
  app.releaseSingleInstanceLock();
  const { reallyExit } = process as unknown as { readonly reallyExit?: (exitCode: number) => never };
  if (reallyExit) reallyExit.call(process, exitCode);
  else app.exit(exitCode);
}

async function run(words: readonly string[], terminal: ProcessTerminal, compose: ComposeInPlace): Promise<number> {
  const answered = answerAlone(words, terminal, () => app.getVersion());
  if (answered !== null) return answered;
  const folder = app.getPath('userData');
  const output = outputOf(words, terminal);
  let givesUpMs = performance.now() + patienceMs;
  while (performance.now() < givesUpMs && !terminal.cancelled.aborted) {
    const document = readChannelFile(folder);
    let isHeld = false;
    let hangs = false;
    if (document) {
      const { result, begun, isBusy, isSilent } = await runAtConsole(document, words, terminal);
      if (isBusy) givesUpMs = performance.now() + patienceMs;
      if (result.ok) return result.value;
      if (begun || result.failure.code === 'command_cancelled') return output.fail(result.failure);
      hangs = isSilent && isRunning(document.pid);
      isHeld = hangs || isBusy;
    }
    // After 20 seconds Chromium kills a holder of the lock that does not answer, and with it a window in use. Only the start of a window
    // may do that.
    if (!hangs && runExclusively(folder, () => app.requestSingleInstanceLock(commandLockData)))
      return runInPlace(words, terminal, folder, compose);
    // Waiting would not remove it.
    const obstacle = isHeld ? null : lockObstacle(folder);
    if (obstacle) return failOrSaveBare(words, terminal, inLog(obstacle, folder));
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
  if (terminal.cancelled.aborted) return output.fail(failure('command_cancelled'));
  return failOrSaveBare(words, terminal, inLog(channelFileTrouble(folder) ?? notAnswering(folder), folder));
}

/** Without a console a command fails. Only the diagnostics can still be saved then. */
async function failOrSaveBare(words: readonly string[], terminal: ProcessTerminal, trouble: Failure): Promise<number> {
  const { saveBareDiagnostics } = await import('./bare-diagnostics.ts');
  const asked = { words, terminal, version: app.getVersion(), folder: app.getPath('userData'), trouble };
  return (await saveBareDiagnostics(asked)) ?? outputOf(words, terminal).fail(trouble);
}

function notAnswering(folder: string): Failure {
  const holder = lockHolder(folder);
  return failure('console_not_answering', {
    facts: present({ process: holder === null ? undefined : String(holder) }),
  });
}

function inLog(trouble: Failure, folder: string): Failure {
  logIfPossible(logFile(folder), 'warn', trouble.code, trouble.facts ?? {});
  return trouble;
}

/**
 * Runs the command in this process, which holds the single-instance lock. Meanwhile other commands may run here too, but long ones
 * only if this command is long as well.
 */
async function runInPlace(
  words: readonly string[],
  terminal: ProcessTerminal,
  folder: string,
  compose: ComposeInPlace,
): Promise<number> {
  let isEnding = false;
  const begun = app.whenReady().then(async () => {
    const console = await compose(null);
    await console.commands.beginInPlace();
    return console;
  });
  const run: RunCommand = async (...command) => (await begun).commands.run(...command);
  const channel = new CommandChannel(
    folder,
    { servedBy: 'command' },
    {
      run,
      mayRun: (others) => !isEnding && (!takesLong(others) || takesLong(words)),
    },
  );
  await channel.keepOpen();
  const exitCode = await run(words, terminal);
  const console = await begun;
  await console.commands.settled();
  // A command that comes now is turned away. It asks again, and then becomes the console itself.
  isEnding = true;
  await endInOrder([() => channel.close(), () => console.close()]);
  return exitCode;
}
