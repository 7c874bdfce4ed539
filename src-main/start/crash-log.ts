import { app } from 'electron';
import { logFile, logIfPossible } from '../adapters/disk/file-log.ts';
import { stackOf, thrownText } from '../adapters/disk/structured-log.ts';
import type { LogFields } from '../ports/log.ts';

/** An error in a loop must not fill the log. */
const mostLines = 50;
const lines = new Map<string, number>();

/** Logs what Electron and Node.js report of errors that nobody caught and of processes that ended. Call it once, at the start. */
export function logCrashes(): void {
  process.on('unhandledRejection', (thrown) => noteUncaught('unhandled_rejection', thrown));
  app.on('render-process-gone', (_event, contents, { reason, exitCode }) => {
    const page = contents.getURL().startsWith('fusion-console:') ? 'console' : 'pane';
    note('page_process_gone', { page, reason, exitCode });
  });
  app.on('child-process-gone', (_event, { type, serviceName, reason, exitCode }) => {
    if (reason !== 'clean-exit') note('process_gone', { type, name: serviceName, reason, exitCode });
  });
}

/** An error that nobody caught: on standard error and in the log. */
export function noteUncaught(event: 'uncaught_exception' | 'unhandled_rejection', thrown: unknown): void {
  process.stderr.write(`${thrownText(thrown)}\n`);
  note(event, { stack: stackOf(thrown) });
}

function note(event: string, fields: LogFields): void {
  const count = (lines.get(event) ?? 0) + 1;
  lines.set(event, count);
  if (count <= mostLines) logIfPossible(logFile(app.getPath('userData')), 'error', event, fields);
}
