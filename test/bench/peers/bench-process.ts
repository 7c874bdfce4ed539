import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { answerMark } from './answer-parent.ts';

/** The runtimes of the servers. */
export type Runtime = 'node' | 'electron';

export interface Program {
  /** The built programs, by their names. */
  readonly folder: string;
  readonly name: 'bare-server' | 'api-server' | 'load-generator';
  readonly runtime: Runtime;
  readonly electron: string;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A process of the benchmark, which runs one command after the other. */
export class BenchProcess {
  readonly #child: ChildProcess;
  readonly #waiting: Waiting[] = [];

  constructor(program: Program) {
    const { command, args } = commandOf(program);
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const output = this.#child.stdout;
    if (!output) throw new Error('No output');
    createInterface({ input: output }).on('line', (line) => this.#answered(line));
    this.#child.on('exit', (code) => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(`${program.name} ended (${code})`));
    });
  }

  tell<T>(name: string, argument: unknown = {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ resolve: resolve as (value: unknown) => void, reject });
      this.#child.stdin?.write(`${JSON.stringify({ name, argument })}\n`);
    });
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await ended;
  }

  #answered(line: string): void {
    if (!line.startsWith(answerMark)) return;
    const waiting = this.#waiting.shift();
    const { value, error } = JSON.parse(line.slice(answerMark.length)) as { value?: unknown; error?: string };
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(error));
  }
}

function commandOf({ folder, name, runtime, electron }: Program): { command: string; args: string[] } {
  const script = join(folder, `${name}.js`);
  if (runtime === 'node') return { command: process.execPath, args: ['--expose-gc', script] };
  // The main process of an app that opens no window.
  const app = join(folder, `${name}-app`);
  mkdirSync(app, { recursive: true });
  writeFileSync(
    join(app, 'package.json'),
    JSON.stringify({ name, version: '1.0.0', type: 'module', main: `../${name}.js` }),
  );
  const unsandboxed = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const userData = `--user-data-dir=${join(app, 'user-data')}`;
  return { command: electron, args: [...unsandboxed, '--js-flags=--expose-gc', userData, app] };
}
