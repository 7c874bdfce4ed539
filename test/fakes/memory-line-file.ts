import type { LineFile, StoredLines } from '../../src-main/ports/line-file.ts';

/** Lines in memory. A disk that is full takes none; one that is withheld gives none. */
export class MemoryLineFile implements LineFile {
  readonly lines: string[];
  full = false;
  withheld = false;
  /** How often a line was offered. */
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
}
