import { type ChildProcess, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appFolder, electronPath } from './console-app.ts';

type Electron = typeof import('electron');

/**
 * The real console without Playwright's developer tools. These cost main more than the pages do. If they and the pane's own are both
 * attached, a frame of another site never loads. Functions that are evaluated in main drive it, and through main its pages and frames.
 */
export class UnwatchedConsole {
  readonly #main: ChildProcess;
  #asked = 0;

  private constructor(main: ChildProcess) {
    this.#main = main;
  }

  /** Replaces {@link ConsoleApp.electron}, with the parts that tests of frames need. */
  get electron(): Pick<UnwatchedConsole, 'evaluate'> {
    return this;
  }

  /** Starts the console of a test build at an Authorization server. */
  static async launch({ issuer, env }: { issuer: string; env?: Record<string, string> }): Promise<UnwatchedConsole> {
    const userData = mkdtempSync(join(tmpdir(), 'license-console-'));
    return UnwatchedConsole.start(electronPath(), appFolder, userData, [`--authorization-server=${issuer}`], env);
  }

  static async start(
    electron: string,
    app: string,
    userData: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<UnwatchedConsole> {
    const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const required = JSON.stringify(join(import.meta.dirname, 'unwatched-main.cjs'));
    const main = spawn(electron, [...root, `--user-data-dir=${userData}`, app, ...args], {
      env: { ...process.env, NODE_OPTIONS: `--require=${required}`, ...env },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const started = new UnwatchedConsole(main);
    await started.evaluate(({ app: application }) => application.whenReady());
    return started;
  }

  /** Calls the function in main. It cannot use variables of the test, only its argument. */
  async evaluate<Given, Value>(
    ask: (electron: Electron, given: Given) => Value | Promise<Value>,
    given?: Given,
  ): Promise<Value> {
    const id = (this.#asked += 1);
    this.#main.send({ id, source: String(ask), given });
    for await (const [answer] of on(this.#main, 'message', { close: ['exit'] })) {
      if (answer.id !== id) continue;
      if (answer.thrown !== undefined) throw new Error(answer.thrown);
      return answer.value;
    }
    throw new Error('The console ended before it answered');
  }

  /** Runs the script in the pane's frame at that address, as if a person had just clicked. */
  async inFrame(url: string, code: string): Promise<unknown> {
    return this.evaluate(
      ({ webContents }, [address, script]) => {
        const frames = webContents.getAllWebContents().flatMap(({ mainFrame }) => mainFrame.framesInSubtree);
        const frame = frames.find((candidate) => candidate.url === address);
        if (!frame) throw new Error(`No frame at ${address}`);
        return frame.executeJavaScript(script, true);
      },
      [url, code] as const,
    );
  }

  async close(): Promise<void> {
    const ended = once(this.#main, 'exit');
    await this.evaluate(({ app }) => app.exit()).catch(() => {});
    await ended;
  }
}
