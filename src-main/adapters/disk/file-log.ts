import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isFileThere } from '../../files/read-file.ts';
import type { Log, LogFields } from '../../ports/log.ts';
import { systemClock } from '../computer/system-clock.ts';
import { createLog, lineOf, type LogLevel } from './structured-log.ts';

export interface FileLog extends Log {
  /** Writes the lines that still wait for the file to be opened. */
  settle(): Promise<void>;
}

/** At this size the file becomes `console.old.log`, and replaces the previous file of that name. */
const largestFileBytes = 1024 * 1024;
const openAfterMs = 2_000;

/** A log file for support, of bounded size, one JSON object a line. It is opened after the first paint. */
export function createFileLog(path: string): FileLog {
  const waiting: string[] = [];
  let write = (line: string): void => {
    waiting.push(line);
  };
  const open = async () => {
    write = (await openFile(path)) ?? (() => {});
    for (const line of waiting.splice(0)) write(line);
  };
  let opened: Promise<void> | null = null;
  const openOnce = () =>
    (opened ??= open().catch(() => {
      // The installation is damaged. Lines must not pile up.
      write = () => {};
      waiting.length = 0;
    }));
  setTimeout(() => void openOnce(), openAfterMs).unref();
  return { ...createLog((line) => write(JSON.stringify(line)), systemClock), settle: openOnce };
}

/** Returns the function that adds a line. Null if the log cannot be written. */
async function openFile(path: string): Promise<((line: string) => void) | null> {
  // Writing into a pipe or a device may never return, so nothing is logged then.
  if (!isLogFile(path)) return null;
  // `electron-log/node` instead of `electron-log/main`, because the latter takes log lines from every page.
  const { default: electronLog } = await import('electron-log/node');
  electronLog.transports.console.level = false;
  // The library reports a full disk on the console, in spite of the level. A command's output must not contain that.
  electronLog.transports.console.writeFn = () => {};
  const { file } = electronLog.transports;
  file.resolvePathFn = () => path;
  file.maxSize = largestFileBytes;
  file.format = '{text}';
  return (line) => electronLog.info(line);
}

/** The log of the console in its folder. */
export const logFile = (folder: string): string => join(folder, 'logs', 'console.log');

/** Writes a line for a process that may be about to end. The line is in the file on return. Throws if it cannot be written. */
export function logAtOnce(path: string, level: LogLevel, event: string, fields: LogFields): void {
  mkdirSync(dirname(path), { recursive: true });
  isFileThere(path);
  const line = lineOf({ at: systemClock.wallNow(), level, area: 'console', event, fields });
  appendFileSync(path, `${JSON.stringify(line)}\n`);
}

/** As {@link logAtOnce}. Does nothing if the log cannot be written. */
export function logIfPossible(...[path, level, event, fields]: Parameters<typeof logAtOnce>): void {
  try {
    logAtOnce(path, level, event, fields);
  } catch {
    // The caller shows the failure too.
  }
}

function isLogFile(path: string): boolean {
  try {
    isFileThere(path);
    return true;
  } catch {
    return false;
  }
}
