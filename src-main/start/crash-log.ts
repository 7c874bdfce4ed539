import { app } from 'electron';
import { logFile, logIfPossible } from '../adapters/disk/file-log.ts';
import { type LogLevel, stackOf, thrownText } from '../adapters/disk/structured-log.ts';
import type { LogFields } from '../ports/log.ts';

/** The most lines for each event and level: an error in a loop must not fill the log. */
const mostLines = 50;
const lines = new Map<string, number>();

/** Logs uncaught errors and ended processes, as Electron and Node.js report them. Call it once, at the start. */
export function logCrashes(): void {
  process.on('unhandledRejection', (thrown) => noteUncaught('unhandled_rejection', thrown));
  app.on('render-process-gone', (_event, contents, gone) => {
    noteGone({ type: 'page', name: contents.getURL().startsWith('fusion-console:') ? 'console' : 'pane' }, gone);
  });
  app.on('child-process-gone', (_event, { type, name, ...gone }) => noteGone({ type, name }, gone));
}

/** An error that nobody caught: on standard error and in the log. */
export function noteUncaught(event: 'uncaught_exception' | 'unhandled_rejection', thrown: unknown): void {
  process.stderr.write(`${thrownText(thrown)}\n`);
  note('error', event, { stack: stackOf(thrown) });
}

/** The console itself kills the keychain process and pages, so `killed` is not an error. */
function noteGone(
  which: LogFields,
  { reason, exitCode }: { readonly reason: string; readonly exitCode: number },
): void {
  if (reason === 'clean-exit') return;
  note(reason === 'killed' ? 'info' : 'error', 'process_gone', { ...which, reason, exitCode });
}

function note(level: LogLevel, event: string, fields: LogFields): void {
  const kind = `${level} ${event}`;
  const count = (lines.get(kind) ?? 0) + 1;
  lines.set(kind, count);
  if (count <= mostLines) logIfPossible(logFile(app.getPath('userData')), level, event, fields);
}
