import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { electronPath } from './console-app.ts';

const appFolder = join(import.meta.dirname, 'app');
/** What the Linux launcher says to the runtime. */
const launcherSwitches = ['--ozone-platform=headless', '--disable-gpu', '--log-level=3'];

export interface CommandOptions {
  readonly env?: Record<string, string>;
  /** In place of the test's own environment. */
  readonly only?: Record<string, string>;
  readonly input?: string;
  /** Where it is started. */
  readonly folder?: string;
  /** At a terminal of its own, as a person has it; what is typed comes by `type`. */
  readonly atTerminal?: boolean;
  /** It is asked for the token: what it says is not searched for one. */
  readonly mayShowToken?: boolean;
  /** What a launcher says before the command. */
  readonly launcher?: readonly string[];
}

/** How a command ended, and what it said. */
export interface CommandEnd {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** Everything that any command has said, for the search for secrets. */
export const everythingSaid: string[] = [];

/** A command of the terminal: a real process of the real program, without a display. */
export class Command {
  readonly #process: ChildProcess;
  readonly #ended: Promise<CommandEnd>;
  #out = '';
  #err = '';

  constructor(userData: string, words: readonly string[], options: CommandOptions = {}) {
    const {
      env,
      only,
      input,
      launcher = [],
      mayShowToken = false,
      folder = process.cwd(),
      atTerminal = false,
    } = options;
    const args = [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${userData}`,
      ...launcherSwitches,
      appFolder,
      '--',
      ...launcher,
      '--command',
      ...words,
    ];
    const { DISPLAY: _, WAYLAND_DISPLAY: __, ...without } = only ?? (process.env as Record<string, string>);
    const [program, given] = atTerminal ? atOwnTerminal(electronPath(), args) : [electronPath(), args];
    this.#process = spawn(program, given, { env: { ...without, ...env }, cwd: folder, stdio: 'pipe' });
    this.#process.stdout?.on('data', (chunk) => (this.#out += String(chunk)));
    this.#process.stderr?.on('data', (chunk) => (this.#err += String(chunk)));
    if (input !== undefined) this.#process.stdin?.end(input);
    this.#ended = once(this.#process, 'close').then(([exitCode]) => {
      everythingSaid.push(mayShowToken ? '' : this.#out, this.#err);
      return { exitCode: exitCode as number | null, out: this.#out, err: this.#err };
    });
  }

  /** What it has said so far. */
  get out(): string {
    return this.#out;
  }

  ended(): Promise<CommandEnd> {
    return this.#ended;
  }

  /** As Ctrl-C does. */
  interrupt(): void {
    this.#process.kill('SIGINT');
  }

  type(text: string): void {
    this.#process.stdin?.write(text);
  }

  /** As `| head -1` does when it has read enough. */
  closeOutput(): void {
    this.#process.stdout?.destroy();
  }

  endInput(): void {
    this.#process.stdin?.end();
  }

  /** Waits for something in what it says, and resolves to the first group of the match. */
  async says(pattern: RegExp): Promise<string> {
    await expect.poll(() => this.#out, { timeout: 30_000 }).toMatch(pattern);
    return pattern.exec(this.#out)?.[1] ?? '';
  }
}

/** The system's own tool to run a program at a terminal that is made for it. */
function atOwnTerminal(program: string, args: readonly string[]): [string, string[]] {
  const quoted = [program, ...args].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`);
  return ['script', ['--quiet', '--return', '--command', quoted.join(' '), '/dev/null']];
}

/** Runs a command to its end. */
export function runCommand(
  userData: string,
  words: readonly string[],
  options: CommandOptions = {},
): Promise<CommandEnd> {
  return new Command(userData, words, options).ended();
}
