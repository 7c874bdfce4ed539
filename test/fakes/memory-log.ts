import { createLog, type LogLine } from '../../src-main/adapters/disk/structured-log.ts';
import type { Log } from '../../src-main/ports/log.ts';

/** A log that a test can read. Its clock stands still. */
export class MemoryLog implements Log {
  readonly lines: LogLine[] = [];
  declare readonly info: Log['info'];
  declare readonly warn: Log['warn'];
  declare readonly error: Log['error'];
  declare readonly step: Log['step'];
  declare readonly conceal: Log['conceal'];

  constructor() {
    Object.assign(
      this,
      createLog((line) => this.lines.push(line), { wallNow: () => 0, monotonicNow: () => 0 }),
    );
  }

  get text(): string {
    return JSON.stringify(this.lines);
  }

  /** The lines without what is the same in all of them. */
  get said(): readonly Readonly<Record<string, unknown>>[] {
    return this.lines.map(({ time: _time, run: _run, ...said }) => said);
  }
}
