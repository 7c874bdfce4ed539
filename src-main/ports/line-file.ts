/** Lines that are only ever added, kept in bounded space: when it is full, the oldest ones go. */
export interface LineFile {
  /** Adds one line, durable when this returns. False where that could not be done; nothing is thrown. */
  append(line: string): boolean;
  /** The kept lines, oldest first. The last one may be torn, and any may be junk: judging them is the caller's matter. */
  read(): StoredLines;
}

/** `readable`: false where the disk withholds lines that may be there. */
export interface StoredLines {
  readonly readable: boolean;
  readonly lines: readonly string[];
}
