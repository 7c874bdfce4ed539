/** Newline-delimited JSON out of chunks of bytes: what whoever is at the other end sends, bounded. */
export class JsonLines {
  #limit: number;
  #waiting: Buffer[] = [];
  #bytes = 0;

  /** `limit`: bytes of one line, its end left out. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  set limit(bytes: number) {
    this.#limit = bytes;
  }

  /** The values of the lines that are whole now; null where one is too long or no JSON: whoever sent it is not to be heard again. */
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
