import type { Log } from '../../src-main/ports/log.ts';

type Fields = Parameters<Log['info']>[1];

/** A log that a test can read. */
export class MemoryLog implements Log {
  readonly lines: { readonly level: 'info' | 'warn'; readonly event: string; readonly fields: Fields }[] = [];

  info(event: string, fields?: Fields): void {
    this.lines.push({ level: 'info', event, fields });
  }

  warn(event: string, fields?: Fields): void {
    this.lines.push({ level: 'warn', event, fields });
  }

  get text(): string {
    return JSON.stringify(this.lines);
  }
}
