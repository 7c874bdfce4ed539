import { shownText } from '../../../src-shared/shown-text.ts';
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isFileThere } from '../../files/read-file.ts';
import type { Log } from '../../ports/log.ts';

type Fields = Parameters<Log['info']>[1];

/**
 * A log file for support, of bounded size, loaded after the first paint. Callers must not pass tokens or codes. As a second line
 * of defence, anything that looks like one is struck out.
 */
export function createFileLog(path: string): Log {
  const waiting: string[] = [];
  let write = (line: string): void => {
    waiting.push(line);
  };
  const open = async () => {
    // Writing into a pipe or a device may never return, so nothing is logged then.
    if (!isLogFile(path)) {
      write = () => {};
      waiting.length = 0;
      return;
    }
    // `electron-log/node` instead of `electron-log/main`, because the latter takes log lines from every page.
    const { default: electronLog } = await import('electron-log/node');
    electronLog.transports.console.level = false;
    electronLog.transports.file.resolvePathFn = () => path;
    electronLog.transports.file.maxSize = 1024 * 1024;
    write = (line) => electronLog.info(line);
    for (const line of waiting.splice(0)) write(line);
  };
  setTimeout(() => void open(), 2_000).unref();
  const log = (level: string) => (event: string, fields?: Fields) => write(`${level} ${event} ${redact(fields ?? {})}`);
  return { info: log('info'), warn: log('warn') };
}

/** The log of the console in its folder. */
export const logFile = (folder: string): string => join(folder, 'logs', 'console.log');

/** Writes a line for a process that is about to end. The line is in the file on return. Throws if it cannot be written. */
export function logAtOnce(path: string, at: number, event: string, fields: NonNullable<Fields>): void {
  mkdirSync(dirname(path), { recursive: true });
  isFileThere(path);
  appendFileSync(path, `[${new Date(at).toISOString()}] [info]  warn ${event} ${redact(fields)}\n`);
}

/** As {@link logAtOnce}. Does nothing if the log cannot be written. */
export function logIfPossible(path: string, at: number, event: string, fields: Fields): void {
  try {
    logAtOnce(path, at, event, fields ?? {});
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

/** Fields as `name=value`, with anything that has the shape of a secret struck out. */
export function redact(fields: NonNullable<Fields>): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${strikeOut(String(value))}`)
    .join(' ');
}

/** A thrown value as text for the terminal. Secrets are struck out in each line, since a parser's error quotes its input. */
export function thrownText(thrown: unknown): string {
  const other = typeof thrown === 'string' ? thrown : `no error, but ${thrown === null ? 'null' : typeof thrown}`;
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : other;
  // Keep the indentation, which makes a stack readable.
  return text
    .split('\n')
    .map((line) => line.replace(/[^ ][^]*/, strikeOut))
    .join('\n');
}

function strikeOut(value: string): string {
  return shownText(value).replaceAll(/[A-Za-z0-9_\-+/=.]{33,}/g, (run) => (isAddress(run) ? run : '[struck out]'));
}

/** Does the text consist of lower-case words only, as in hosts and paths? No token does. */
function isAddress(run: string): boolean {
  return run.split(/[/._-]/).every((word) => /^[a-z]{0,20}\d{0,2}$/.test(word));
}
