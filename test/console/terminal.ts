import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { electronPath } from './console-app.ts';

const appFolder = join(import.meta.dirname, 'app');
/** The switches that the Linux launcher passes to the runtime. */
const launcherSwitches = ['--ozone-platform=headless', '--disable-gpu', '--log-level=3'];

export interface CommandOptions {
  readonly env?: Record<string, string>;
  /** The complete environment, instead of the test's own. */
  readonly only?: Record<string, string>;
  readonly input?: string;
  /** The working folder. */
  readonly folder?: string;
  /** Runs the command in a separate terminal, as for a person. Use `type` for input. */
  readonly atTerminal?: boolean;
  /** The command is meant to print the token, so its output is not searched for secrets. */
  readonly mayShowToken?: boolean;
  /** The switches that a launcher passes before the command. */
  readonly launcher?: readonly string[];
  /** Starts the program itself, with the display, as a person who does not know the launcher does. */
  readonly withoutLauncher?: boolean;
  /** The words of a command line before the program. */
  readonly through?: readonly string[];
}

/** A command's exit code and output. */
export interface CommandEnd {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** The output of all commands, for the search for secrets. */
export const everythingSaid: string[] = [];

/** A terminal command: a real process of the real program, without a display. */
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
      withoutLauncher = false,
      through = [],
    } = options;
    const args = [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${userData}`,
      ...(withoutLauncher
        ? // Chromium reports a missing system bus, as on a machine for tests.
          ['--log-level=3', appFolder, ...words]
        : [...launcherSwitches, appFolder, '--', ...launcher, '--command', ...words]),
    ];
    const whole = only ?? (process.env as Record<string, string>);
    const { DISPLAY: _, WAYLAND_DISPLAY: __, ...withoutDisplay } = whole;
    const [alone, ofAlone] = atTerminal ? atOwnTerminal(electronPath(), args) : [electronPath(), args];
    const [program = alone, ...given] = [...through, alone, ...ofAlone];
    this.#process = spawn(program, given, {
      env: { ...(withoutLauncher ? whole : withoutDisplay), ...env },
      cwd: folder,
      stdio: 'pipe',
    });
    this.#process.stdout?.on('data', (chunk) => (this.#out += String(chunk)));
    this.#process.stderr?.on('data', (chunk) => (this.#err += String(chunk)));
    if (input !== undefined) this.#process.stdin?.end(input);
    this.#ended = once(this.#process, 'close').then(([exitCode]) => {
      everythingSaid.push(mayShowToken ? '' : this.#out, this.#err);
      return { exitCode: exitCode as number | null, out: this.#out, err: this.#err };
    });
  }

  /** The output so far. */
  get out(): string {
    return this.#out;
  }

  ended(): Promise<CommandEnd> {
    return this.#ended;
  }

  /** Interrupts the command as Ctrl-C does. */
  interrupt(): void {
    this.#process.kill('SIGINT');
  }

  type(text: string): void {
    this.#process.stdin?.write(text);
  }

  /** Closes the output pipe, as `| head -1` does when it has read enough. */
  closeOutput(): void {
    this.#process.stdout?.destroy();
  }

  endInput(): void {
    this.#process.stdin?.end();
  }

  /** Waits until the output matches, and resolves to the first group of the match. */
  async says(pattern: RegExp): Promise<string> {
    await expect.poll(() => this.#out, { timeout: 30_000 }).toMatch(pattern);
    return pattern.exec(this.#out)?.[1] ?? '';
  }
}

/** The command line of the system's `script` tool, which runs a program in a new terminal. */
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
