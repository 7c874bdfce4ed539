import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';

const answerSchema = z.object({ id: z.number(), result: z.unknown().optional(), error: z.string().optional() });

/** The console of this build with a data folder of its own. Scripts inside it drive it, without a debugger. */
export class ScriptedConsole {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  #asked = 0;

  constructor(electron: string, app: string, userData: string, args: readonly string[]) {
    const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const env = {
      ...process.env,
      NODE_OPTIONS: `--require=${JSON.stringify(join(import.meta.dirname, 'run-scripts.cjs'))}`,
    };
    this.#process = spawn(electron, [...root, `--user-data-dir=${userData}`, app, ...args], {
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#process.on('message', (message) => {
      const { id, result, error } = answerSchema.parse(message);
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting?.resolve(result);
      else waiting?.reject(new Error(error));
    });
    this.#process.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('The console has ended'));
    });
  }

  /** Runs a function of main, given as text with Electron's modules as its argument. */
  inMain(script: string): Promise<unknown> {
    const id = (this.#asked += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#process.send({ id, script });
    });
  }

  /** Runs a script in the page whose address begins with this text. Waits for that page. */
  inPage(address: string, script: string): Promise<unknown> {
    return this.inMain(`async ({ webContents }) => {
      const endMs = performance.now() + 20_000;
      for (;;) {
        if (performance.now() > endMs) throw new Error('No page of ${address}');
        const page = webContents.getAllWebContents().find((each) => each.getURL().startsWith(${JSON.stringify(address)}));
        if (page && !page.isLoading()) return page.executeJavaScript(${JSON.stringify(script)}, true);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }`);
  }

  async end(): Promise<void> {
    this.#process.kill('SIGTERM');
    if (this.#process.exitCode === null && this.#process.signalCode === null) await once(this.#process, 'exit');
  }
}
