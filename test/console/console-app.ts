import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, expect, type Page } from '@playwright/test';
import type { ConsoleState } from '../../src-shared/console-state.ts';
import type { IpcCall } from '../../src-shared/ipc-contract.ts';
import { profileDefaults } from '../../src-shared/profile-defaults.ts';
import type { Failure } from '../../src-shared/result.ts';
import type { SandboxControl } from '../authorization-server/control/sandbox-control.ts';

const appFolder = join(import.meta.dirname, 'app');

/** The Electron that the set-up resolved. A test that finds none fails: it does not skip. */
export function electronPath(): string {
  const path = process.env['FLC_ELECTRON'];
  if (!path) throw new Error('No Electron: run these tests by "npm run e2e", which resolves one.');
  return path;
}

export interface LaunchOptions {
  readonly issuer?: string;
  readonly edition?: string;
  readonly serverName?: string;
  readonly userData?: string;
  readonly env?: Record<string, string>;
  readonly args?: readonly string[];
}

/** What a call to main resolves to. */
export interface CallResult {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly failure?: Failure;
}

interface Bridge {
  licenseConsole: { call(name: string, payload?: unknown): Promise<CallResult> };
}

/** The real console in a real window, with a profile folder of its own. */
export class ConsoleApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** What it was started with, program first. */
  readonly commandLine: readonly string[];

  private constructor(electron: ElectronApplication, page: Page, userData: string, commandLine: readonly string[]) {
    this.electron = electron;
    this.page = page;
    this.userData = userData;
    this.commandLine = commandLine;
  }

  static async launch(options: LaunchOptions = {}): Promise<ConsoleApp> {
    const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'license-console-'));
    const args = [
      // Root has no sandbox of its own; the product never gets this switch.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${userData}`,
      appFolder,
      ...(options.issuer ? [`--authorization-server=${options.issuer}`] : []),
      ...(options.edition ? [`--edition=${options.edition}`] : []),
      ...(options.serverName ? [`--server-name=${options.serverName}`] : []),
      ...(options.args ?? []),
    ];
    const electron = await _electron.launch({
      executablePath: electronPath(),
      args,
      env: { ...(process.env as Record<string, string>), ...options.env },
    });
    const page = await electron.firstWindow();
    await page.waitForLoadState('domcontentloaded');
    return new ConsoleApp(electron, page, userData, [electronPath(), ...args]);
  }

  /** The embedded page of the Authorization pane, once it has loaded something. */
  async pane(): Promise<Page> {
    await expect.poll(() => this.#panePages().length, { timeout: 20_000 }).toBe(1);
    const [pane] = this.#panePages();
    if (!pane) throw new Error('The pane is gone');
    return pane;
  }

  #panePages(): Page[] {
    return this.electron.windows().filter((page) => /^https?:/.test(page.url()));
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  field(name: string) {
    return this.page.getByTestId(`field-${name}`);
  }

  get userCode() {
    return this.page.getByTestId('user-code');
  }

  get status() {
    return this.page.getByTestId('license-status').first();
  }

  failure(code: string) {
    return this.page.locator(`[data-failure-code="${code}"]`);
  }

  /** Adds a server as the settings page does, without its form. */
  async addServer(settings: { issuer: string; edition: string; serverName: string }): Promise<void> {
    const { clientId, scope, resource } = profileDefaults;
    const added = await this.page.evaluate(
      (profile) =>
        (
          window as unknown as { licenseConsole: { call(name: string, payload: unknown): Promise<{ ok: boolean }> } }
        ).licenseConsole.call('profile.add', profile),
      { ...settings, clientId, scope, resource },
    );
    expect(added.ok).toBe(true);
  }

  async setClockOffset(offsetMs: number): Promise<void> {
    await this.electron.evaluate((_electron, offset) => {
      (globalThis as unknown as { licenseConsoleTestClock: { offsetMs: number } }).licenseConsoleTestClock.offsetMs =
        offset;
    }, offsetMs);
  }

  /** What main tells the screen: the snapshot that the page is drawn from. */
  async state(): Promise<ConsoleState> {
    const read = await this.call('console.read');
    expect(read.ok).toBe(true);
    return read.value as ConsoleState;
  }

  /** Sends an intent as the page does, without its buttons. */
  async call(name: IpcCall, payload?: unknown): Promise<CallResult> {
    return this.page.evaluate(
      ([called, request]) => (window as unknown as Bridge).licenseConsole.call(called, request),
      [name, payload] as const,
    );
  }

  /** Next, and the code authorized at the sandbox without its pages. */
  async authorizeAt(control: SandboxControl, device: string): Promise<string> {
    await this.button('Next').click();
    await this.userCode.waitFor();
    const userCode = (await this.userCode.textContent()) ?? '';
    await control.authorizeCode({ userCode, device });
    return userCode;
  }

  /** The main process ends as in a power failure: nothing gets to say goodbye. */
  async kill(): Promise<void> {
    const main = this.electron.process();
    const ended = once(main, 'exit');
    main.kill('SIGKILL');
    await ended;
  }

  async close(): Promise<void> {
    await this.electron.close();
  }
}
