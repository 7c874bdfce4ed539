import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { logFile } from '../../src-main/adapters/disk/file-log.ts';
import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import type { IpcCall } from '../../src-shared/window/ipc-contract.ts';
import type { ClientView, CreatedClient, NewClient } from '../../src-shared/registers/local-api-view.ts';
import { profileDefaults } from '../../src-shared/servers/profile-defaults.ts';
import { sandboxResource } from '../authorization-server/oauth/provider-configuration.ts';
import type { Failure } from '../../src-shared/result.ts';
import type { SandboxControl } from '../authorization-server/control/sandbox-control.ts';
import { holdResults } from './held-results.ts';
import { launchElectron } from './launch-electron.ts';

/** The console of the test build. */
export const appFolder = join(import.meta.dirname, 'app');

/** The Electron that the set-up resolved. Without one, a test fails; it is not skipped. */
export function electronPath(): string {
  const path = process.env['FLC_ELECTRON'];
  if (!path) throw new Error('No Electron: run these tests by "npm run e2e", which resolves one.');
  return path;
}

/** Restricts the console to the font of this test's project. */
export function fontOfProject(): Record<string, string> {
  const folder = process.env['FLC_FONT_FOLDER'];
  const { name } = test.info().project;
  return folder && name ? { FONTCONFIG_FILE: join(folder, `${name}.conf`) } : {};
}

export interface LaunchOptions {
  readonly issuer?: string;
  readonly edition?: string;
  readonly serverName?: string;
  readonly userData?: string;
  readonly env?: Record<string, string>;
  /** The complete environment, instead of the test's own. */
  readonly only?: Record<string, string>;
  readonly args?: readonly string[];
  /** Started in the place of Electron. */
  readonly program?: string;
}

/** The result of a call to the main process. */
export interface CallResult {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly failure?: Failure;
}

interface Bridge {
  licenseConsole: { call(name: string, payload?: unknown): Promise<CallResult> };
}

/** The real console in a real window, with its own profile folder. */
export class ConsoleApp {
  readonly electron: ElectronApplication;
  readonly #main: ReturnType<ElectronApplication['process']>;
  #page: Page;
  readonly userData: string;
  /** The command line that started it, program first. */
  readonly commandLine: readonly string[];

  private constructor(electron: ElectronApplication, page: Page, userData: string, commandLine: readonly string[]) {
    this.electron = electron;
    this.#main = electron.process();
    this.#page = page;
    this.userData = userData;
    this.commandLine = commandLine;
  }

  static async launch(options: LaunchOptions = {}): Promise<ConsoleApp> {
    return ConsoleApp.#start(options, async (electron) => {
      const page = await electron.firstWindow();
      await page.waitForLoadState('domcontentloaded');
      return page;
    });
  }

  static async #start(
    options: LaunchOptions,
    firstPage: (electron: ElectronApplication) => Promise<Page | null>,
  ): Promise<ConsoleApp> {
    const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'license-console-'));
    const args = [
      // Chromium's sandbox does not work for root. The product never gets this switch.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${userData}`,
      appFolder,
      ...(options.issuer ? [`--authorization-server=${options.issuer}`] : []),
      ...(options.edition ? [`--edition=${options.edition}`] : []),
      ...(options.serverName ? [`--server-name=${options.serverName}`] : []),
      ...(options.args ?? []),
    ];
    // Its path is printed if the test fails.
    test.info().attachments.push({ name: 'log of the console', contentType: 'text/plain', path: logFile(userData) });
    const electron = holdResults(
      await launchElectron({
        executablePath: options.program ?? electronPath(),
        args,
        env: { ...(options.only ?? (process.env as Record<string, string>)), ...fontOfProject(), ...options.env },
      }),
    );
    const page = await firstPage(electron);
    return new ConsoleApp(electron, page as Page, userData, [electronPath(), ...args]);
  }

  /** The console's page, as found by the last {@link ConsoleApp.windowOpened}. */
  get page(): Page {
    return this.#page;
  }

  /** Starts without a window. `page` is available after {@link ConsoleApp.windowOpened}. */
  static async launchInBackground(options: LaunchOptions = {}): Promise<ConsoleApp> {
    return ConsoleApp.#start({ ...options, args: [...(options.args ?? []), '--background'] }, async () => null);
  }

  /** Waits for a newly opened window. */
  async windowOpened(): Promise<Page> {
    await expect.poll(() => this.#ownPages().length, { timeout: 20_000 }).toBe(1);
    const [page] = this.#ownPages();
    if (!page) throw new Error('The window is gone');
    this.#page = page;
    await page.waitForLoadState('domcontentloaded');
    return page;
  }

  /** Closes the window as its close button does. */
  async closeWindow(): Promise<void> {
    await this.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  }

  async windowCount(): Promise<number> {
    return this.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  }

  /** Starts the program a second time with the same arguments, and waits until the second process has ended. */
  async startAgain(args: readonly string[] = []): Promise<void> {
    const [program = '', ...rest] = this.commandLine;
    const second = spawn(program, [...rest.filter((arg) => arg !== '--background'), ...args], { stdio: 'ignore' });
    await once(second, 'exit');
  }

  #ownPages(): Page[] {
    return this.electron.windows().filter((page) => page.url().startsWith('fusion-console:'));
  }

  /** Waits for the embedded page of the Authorization pane. */
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
    const { clientId, scope } = profileDefaults;
    const added = await this.page.evaluate(
      (profile) =>
        (
          window as unknown as { licenseConsole: { call(name: string, payload: unknown): Promise<{ ok: boolean }> } }
        ).licenseConsole.call('profile.add', profile),
      { ...settings, clientId, scope },
    );
    expect(added.ok).toBe(true);
  }

  /** Turns on DPoP for the current server, without the settings form. */
  async bindToKey(): Promise<void> {
    const { profile } = await this.state();
    expect(await this.call('profile.save', { ...profile, dpop: true })).toMatchObject({ ok: true });
  }

  /** Sets the audience that license tokens must have, by default that of the sandbox; null accepts any audience. */
  async expectAudience(audience: string | null = sandboxResource): Promise<void> {
    const { audience: _before, ...settings } = (await this.state()).profile ?? {};
    const changed = audience === null ? settings : { ...settings, audience };
    expect(await this.call('profile.save', changed)).toMatchObject({ ok: true });
  }

  async setClockOffset(offsetMs: number): Promise<void> {
    await this.electron.evaluate((_electron, offset) => {
      (globalThis as unknown as { licenseConsoleTestClock: { offsetMs: number } }).licenseConsoleTestClock.offsetMs =
        offset;
    }, offsetMs);
  }

  /** The log so far. The console writes its lines a little later, so poll for a line. */
  log(): string {
    const file = logFile(this.userData);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** The snapshot that the main process sends and the page is drawn from. */
  async state(): Promise<ConsoleState> {
    const read = await this.call('console.read');
    expect(read.ok).toBe(true);
    return read.value as ConsoleState;
  }

  /** Waits until the checks before *Next* have ended: they ask the Authorization server, and their results are snapshots. */
  async checksEnded(timeout = 20_000): Promise<void> {
    await expect.poll(async () => (await this.state()).preflight?.state, { timeout }).toBe('done');
  }

  /** The revision of the snapshot that the main process inlined in the page. */
  async paintedRevision(): Promise<number> {
    const inlined = await this.page.locator('#console-state').textContent();
    return (JSON.parse(inlined ?? '') as ConsoleState).revision;
  }

  /** Calls the main process as the page does, without using a button. */
  async call(name: IpcCall, payload?: unknown): Promise<CallResult> {
    return this.page.evaluate(
      ([called, request]) => (window as unknown as Bridge).licenseConsole.call(called, request),
      [name, payload] as const,
    );
  }

  /** Creates a client of the local license API, and copies and leaves its secret as a person does. */
  async createClient(client: NewClient): Promise<CreatedClient> {
    const created = await this.call('local_api.create_client', client);
    expect(created.ok).toBe(true);
    const secret = await this.call('local_api.read_secret');
    expect(await this.call('local_api.copy_secret')).toMatchObject({ ok: true });
    expect(await this.call('local_api.leave_secret')).toMatchObject({ ok: true });
    return { client: created.value as ClientView, secret: secret.value as string };
  }

  /** Presses Next, and authorizes the code at the sandbox without its pages. */
  async authorizeAt(control: SandboxControl, device: string): Promise<string> {
    await this.button('Next').click();
    await this.userCode.waitFor();
    const userCode = (await this.userCode.textContent()) ?? '';
    await control.authorizeCode({ userCode, device });
    return userCode;
  }

  /** Kills the main process without any clean-up, as a power failure does. */
  async kill(): Promise<void> {
    this.#main.kill('SIGKILL');
    await this.ended();
  }

  /** Resolves when the main process has ended. */
  async ended(): Promise<void> {
    if (this.#main.exitCode === null && this.#main.signalCode === null) await once(this.#main, 'exit');
  }

  /** Quits the console as its menu does. Closing the window may leave it running. */
  async close(): Promise<void> {
    if (this.#main.exitCode !== null || this.#main.signalCode !== null) return;
    const ended = once(this.#main, 'exit');
    // The process may end before the call returns.
    await this.electron.evaluate(({ app }) => app.quit()).catch(() => {});
    await ended;
  }
}
