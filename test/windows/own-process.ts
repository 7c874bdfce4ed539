import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';

/** Runs a `.process.ts` file of this folder in a separate process. Its output goes to a file, because pipes fail on Wine. */
export class OwnProcess {
  readonly pid: number;
  readonly #process: ChildProcess;
  readonly #said: string;
  readonly #ended: Promise<void>;

  constructor(name: string, ...args: readonly string[]) {
    this.#said = join(mkdtempSync(join(tmpdir(), 'said-')), 'said');
    writeFileSync(this.#said, '');
    const [, bundle = ''] = process.argv;
    const file = `test/windows/${name}.process.ts`;
    this.#process = spawn(process.execPath, [bundle, file, this.#said, ...args], { stdio: 'ignore' });
    this.pid = this.#process.pid ?? 0;
    this.#ended = new Promise((resolve) => void this.#process.once('exit', () => resolve()));
  }

  get said(): readonly string[] {
    return readFileSync(this.#said, 'utf8').split('\n').slice(0, -1);
  }

  /** Resolves to its output after this word, once there is some. */
  async heard(word: string): Promise<string> {
    const line = () => this.said.find((text) => text === word || text.startsWith(`${word} `));
    await expect.poll(line, { timeout: 50_000, message: `${word}, after: ${this.said.join(', ')}` }).toBeDefined();
    return (line() ?? '').slice(word.length + 1);
  }

  /** Ends it as kill -9 does. Resolves when it has ended. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
  }

  /** Resolves when it has ended on its own. */
  ended(): Promise<void> {
    return this.#ended;
  }
}

/** In such a process: its arguments. */
export const processArguments = (): readonly string[] => process.argv.slice(4);

/** In such a process: writes a line for its parent. */
export function say(line: string): void {
  appendFileSync(process.argv[3] ?? '', `${line}\n`);
}
