import { randomBytes } from 'node:crypto';
import type { Result } from '../../../src-shared/result.ts';
import { isPlainName, removedMark } from '../../../src-shared/text/secret-shape.ts';
import { shownText } from '../../../src-shared/text/shown-text.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log, LogArea, LogFields, StepEnd } from '../../ports/log.ts';

export type LogLevel = 'info' | 'warn' | 'error';

/** A line of the log. `run` is the same for all lines of one process, and `op` for all lines of one step. */
export interface LogLine extends LogFields {
  readonly time: string;
  readonly level: LogLevel;
  readonly run: string;
  readonly area: LogArea;
  readonly event: string;
}

/** Differs between two runs of the console, so that their lines can be told apart. */
export const run = randomBytes(4).toString('hex');

/** How many secrets are remembered so that they can be removed from lines. A console shows one User Code at a time. */
const mostConcealed = 20;
const concealed: string[] = [];
/** The most equal lines in a minute. What happened before a loop must stay in the file. */
const mostAMinute = 20;

/** A log that hands its lines to `write`. As a second line of defence, it removes whatever looks like a secret. */
export function createLog(write: (line: LogLine) => void, clock: Pick<Clock, 'wallNow' | 'monotonicNow'>): Log {
  const repeats = new Repeats();
  let steps = 0;
  const log = (level: LogLevel, area: LogArea, event: string, fields: LogFields = {}) => {
    try {
      const kind = [level, area, event, fields['phase'], fields['code']].join(' ');
      const omitted = repeats.take(kind, clock.monotonicNow());
      if (omitted === null) return;
      write(lineOf({ at: clock.wallNow(), level, area, event, fields: { ...fields, omitted: omitted || undefined } }));
    } catch {
      // A line that cannot be written must not stop the work that it describes.
    }
  };
  const error: Log['error'] = (area, event, thrown, fields) =>
    log('error', area, event, { ...fields, stack: stackOf(thrown) });
  return {
    info: (area, event, fields) => log('info', area, event, fields),
    warn: (area, event, fields) => log('warn', area, event, fields),
    error,
    async step(area, event, fields, act, end) {
      const op = ++steps;
      const startMs = clock.monotonicNow();
      const took = () => Math.round(clock.monotonicNow() - startMs);
      log('info', area, event, { op, phase: 'start', ...fields });
      try {
        const value = await act();
        const { ok, ...more } = endOf(end, value);
        log(ok ? 'info' : 'warn', area, event, { op, phase: phaseOf(ok), ...fields, ...more, durationMs: took() });
        return value;
      } catch (thrown) {
        error(area, event, thrown, { op, phase: phaseOf(false), ...fields, durationMs: took() });
        throw thrown;
      }
    },
    conceal(secret) {
      if (secret.length < 4 || concealed.includes(secret)) return;
      concealed.push(secret);
      if (concealed.length > mostConcealed) concealed.shift();
    },
  };
}

/** The result of a step must be returned even if its line fails: it may hold new tokens. */
function endOf<T>(end: (value: T) => StepEnd, value: T): StepEnd {
  try {
    return end(value);
  } catch {
    return { ok: true };
  }
}

/** Counts equal lines, and those that were omitted since the last one that was written. */
class Repeats {
  #counts = new Map<string, { written: number; omitted: number }>();
  #beganMs = Number.NEGATIVE_INFINITY;

  /** How many lines of this kind were omitted before this one. Null if this one is to be omitted. */
  take(kind: string, nowMs: number): number | null {
    if (nowMs - this.#beganMs >= 60_000) {
      this.#beganMs = nowMs;
      this.#counts = new Map(
        [...this.#counts]
          .filter(([, { omitted }]) => omitted > 0)
          .map(([key, { omitted }]) => [key, { written: 0, omitted }]),
      );
    }
    const count = this.#counts.get(kind) ?? { written: 0, omitted: 0 };
    const isOmitted = count.written >= mostAMinute;
    this.#counts.set(
      kind,
      isOmitted ? { ...count, omitted: count.omitted + 1 } : { written: count.written + 1, omitted: 0 },
    );
    return isOmitted ? null : count.omitted;
  }
}

const phaseOf = (ok: boolean): string => (ok ? 'end' : 'failed');

/** How a step with a {@link Result} ended. */
export function resultEnd(result: Result<unknown>): StepEnd {
  return result.ok ? { ok: true } : { ok: false, code: result.failure.code };
}

export interface Entry {
  readonly at: number;
  readonly level: LogLevel;
  readonly area: LogArea;
  readonly event: string;
  readonly fields: LogFields;
}

/** A line with clean fields. Leaves absent fields out. */
export function lineOf({ at, level, area, event, fields }: Entry): LogLine {
  const cleaned = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [
      name,
      typeof value === 'string' && !isServer(name, value) ? cleanField(value, name) : value,
    ]);
  return { time: new Date(at).toISOString(), level, run, area, event, ...Object.fromEntries(cleaned) };
}

/** The stack of a thrown value for the log. Quoted text is left out, since a parser's error quotes its input. */
export function stackOf(thrown: unknown): string {
  return strikeOutLines(rawText(thrown).replaceAll(fileUrl, '')).replaceAll(/"[^\n]*"/g, `"${removedMark}"`);
}

/**
 * Removes secrets, and the folders of files, since a folder may have the name of a person. Folders of file URLs are removed first: a long
 * folder looks like a secret. The path of a request stays.
 */
function cleanField(value: string, name: string): string {
  const bare = name === 'path' ? value : value.replaceAll(fileUrl, '');
  const struck = name === 'stack' ? strikeOutLines(bare) : strikeOut(bare);
  const text = name === 'path' ? struck : struck.replaceAll(folders, '');
  return concealed.reduce((rest, secret) => rest.replaceAll(secret, removedMark), text);
}

const fileUrl = /file:\/\/\/\S*\//g;
/** The folders of an absolute path, but not the path of a web address. */
const folders = /(?<![\w/:.])(?:[A-Za-z]:)?[\\/](?:[^\\/\n:"]+[\\/])+/g;

/** A thrown value as text for the terminal. Secrets are removed from each line, since a parser's error quotes its input. */
export function thrownText(thrown: unknown): string {
  return strikeOutLines(rawText(thrown));
}

function rawText(thrown: unknown): string {
  const other = typeof thrown === 'string' ? thrown : `not an Error, but ${thrown === null ? 'null' : typeof thrown}`;
  try {
    return thrown instanceof Error ? (thrown.stack ?? thrown.message) : other;
  } catch {
    return 'an error without a readable stack';
  }
}

/** Keeps the line ends and the indentation, which make a stack readable. */
function strikeOutLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/[^ ][^]*/, strikeOut))
    .join('\n');
}

function strikeOut(value: string): string {
  return shownText(value).replaceAll(/[A-Za-z0-9_\-+/=.]{33,}/g, (text) => (isPlainName(text) ? text : removedMark));
}

/** Is it the ID of a server profile? Elsewhere the same shape may be a token. */
function isServer(name: string, value: string): boolean {
  return name === 'server' && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(value);
}

/** The fields for a document or keychain entry, whose name ends with the ID of its server profile. */
export function entryFields(name: string): LogFields {
  const [, entry = name, server] = /^(.+)\.([\da-f-]{36})$/.exec(name) ?? [];
  return { entry, server };
}
