/** Append-only lines of limited total size. When the space is full, the oldest lines are dropped. */
export interface LineFile {
  /** Adds one line, durably when this returns. False if that failed. Never throws. */
  append(line: string): boolean;
  /** The kept lines, oldest first. The last one may be cut off and any may be invalid. The caller judges them. */
  read(): StoredLines;
  /** Deletes all lines. False if something is left. Never throws. */
  remove(): boolean;
}

/** `readable`: false if the files, or one of them, could not be read. */
export interface StoredLines {
  readonly readable: boolean;
  readonly lines: readonly string[];
}
