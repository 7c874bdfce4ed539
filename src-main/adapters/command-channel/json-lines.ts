/** Parses newline-delimited JSON from chunks of bytes. Lines are bounded, since the other end may send anything. */
export class JsonLines {
  #limit: number;
  #waiting: Buffer[] = [];
  #bytes = 0;

  /** `limit`: the longest line in bytes, without its line end. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  set limit(bytes: number) {
    this.#limit = bytes;
  }

  /** The values of the lines that are complete now. Null if a line is too long or not JSON: the caller must then drop the sender. */
  push(chunk: Buffer): readonly unknown[] | null {
    const values: unknown[] = [];
    let rest = chunk;
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      const value = this.#line(rest.subarray(0, end));
      if (value === undefined) return null;
      values.push(value);
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) this.#waiting.push(rest);
    this.#bytes += rest.length;
    return this.#bytes > this.#limit ? null : values;
  }

  #line(end: Buffer): unknown {
    if (this.#bytes + end.length > this.#limit) return undefined;
    const text = Buffer.concat([...this.#waiting, end]).toString('utf8');
    this.#waiting = [];
    this.#bytes = 0;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  }
}

/** One value as a line. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
