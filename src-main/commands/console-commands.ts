import type { CommandServices } from './command-services.ts';
import type { Result } from '../../src-shared/result.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { RunCommand, ServedCommands } from '../ports/terminal.ts';

export interface ConsoleCommandsDeps extends Omit<CommandServices, 'isInPlace'> {
  readonly servers: LicensedServers;
  readonly channel: (served: ServedCommands) => Promise<ServedChannel>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The channel through which this account's terminals send their commands. */
export interface ServedChannel {
  /** Opens it if it is not open or can no longer be found. Failure: `console_not_answering`, with the system's error text. */
  keepOpen(): Promise<Result<null>>;
  /** Makes later starts no longer treat this process as a console that can show its window. Running commands continue. */
  leave(): void;
  close(): Promise<void>;
}

/**
 * The shortest time between two attempts to open the channel. Less than the minute between two calls of `look`, so that each of them tries.
 */
const tryAgainMs = 50_000;

/** Runs the commands of the terminal with this console's services. Their code is loaded with the first command. */
export class ConsoleCommands {
  readonly #deps: ConsoleCommandsDeps;
  /** True if no console runs, so that the process of a command runs the services itself. */
  isInPlace = false;
  #channel: ServedChannel | null = null;
  /** True between {@link serve} and {@link close}. */
  #serves = false;
  #triedAtMs = 0;
  #trouble: string | null = null;
  #opening: Promise<void> = Promise.resolve();
  readonly #running = new Set<Promise<number>>();

  constructor(deps: ConsoleCommandsDeps) {
    this.#deps = deps;
  }

  readonly run: RunCommand = async (words, terminal) => {
    const [{ commandsOver }, { isCommandName }] = await Promise.all([
      import('./run-command.ts'),
      import('./command-table.ts'),
    ]);
    const { log } = this.#deps;
    const served = commandsOver({ ...this.#deps, isInPlace: this.isInPlace }, (thrown) =>
      log.error('commands', 'fault', thrown),
    );
    const name = isCommandName(words[0]) ? words[0] : 'unknown';
    const running = log.step(
      'commands',
      name,
      {},
      () => served(words, terminal),
      (exitCode) => ({ ok: exitCode === 0, exitCode }),
    );
    this.#running.add(running);
    return running.finally(() => this.#running.delete(running));
  };

  /** Resolves when no command is running. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  /** Opens the channel for this account's terminals. If that fails, everything else still works. */
  serve(): void {
    this.#serves = true;
    this.#keepOpen();
  }

  /** Called after changes and every minute. Tries again to open the channel, since the obstacle may be gone. */
  look(): void {
    if (this.#serves && this.#deps.clock.monotonicNow() - this.#triedAtMs >= tryAgainMs) this.#keepOpen();
  }

  /** Called when the console is about to end. A start from now on waits for that end. */
  beforeQuit(): void {
    this.#serves = false;
    this.#channel?.leave();
  }

  /** Closes the channel, which cancels the commands of other processes. Resolves when that is done. */
  async close(): Promise<void> {
    this.#serves = false;
    await this.#opening;
    await this.#channel?.close();
    if (this.#channel) this.#deps.log.info('commands', 'channel_closed');
    this.#channel = null;
  }

  #keepOpen(): void {
    this.#triedAtMs = this.#deps.clock.monotonicNow();
    this.#opening = this.#opening.then(async () => {
      if (!this.#serves) return;
      try {
        this.#channel ??= await this.#deps.channel({ run: this.run, mayRun: () => true });
        const opened = await this.#channel.keepOpen();
        this.#sayTrouble(opened.ok ? null : (opened.failure.detail ?? opened.failure.code));
      } catch (thrown) {
        // For example, the import failed because the installation is damaged.
        this.#sayTrouble(thrown instanceof Error ? thrown.message : String(thrown));
      }
    });
  }

  /** Logs each reason once, however often the attempt is repeated, and logs once that the channel is open again. */
  #sayTrouble(detail: string | null): void {
    if (detail === this.#trouble) return;
    this.#trouble = detail;
    if (detail === null) this.#deps.log.info('commands', 'channel_opened');
    else this.#deps.log.warn('commands', 'channel_not_opened', { detail });
  }

  /** Does the start of a console in the process of a command: reconciles each server's record with the keychain, and reads the markers. */
  async beginInPlace(): Promise<void> {
    this.isInPlace = true;
    const { servers } = this.#deps;
    await Promise.all(
      servers.all.map(async ({ license, acquisition }) => {
        await license.reconcile();
        await acquisition.resume();
      }),
    );
    await servers.finishForgetting();
    await servers.exchangeMarkers();
  }
}
