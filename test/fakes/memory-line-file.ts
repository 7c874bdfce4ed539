import type { LineFile, StoredLines } from '../../src-main/history/line-file.ts';

/** Lines in memory. While `full`, lines cannot be written; while `withheld`, they cannot be read. */
export class MemoryLineFile implements LineFile {
  readonly lines: string[];
  full = false;
  withheld = false;
  /** How often a write was attempted. */
  offered = 0;

  constructor(lines: readonly string[] = []) {
    this.lines = [...lines];
  }

  append(line: string): boolean {
    this.offered += 1;
    if (this.full) return false;
    this.lines.push(line);
    return true;
  }

  read(): StoredLines {
    return this.withheld ? { readable: false, lines: [] } : { readable: true, lines: this.lines };
  }

  remove(): boolean {
    if (!this.withheld) this.lines.length = 0;
    return !this.withheld;
  }
}
