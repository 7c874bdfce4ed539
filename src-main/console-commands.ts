import type { BackgroundView, ConsoleState, LicensedElsewhere } from '../src-shared/console-state.ts';
import type { CommandServer, CommandServices } from './commands/command-services.ts';
import type { Result } from '../src-shared/result.ts';
import type { ConsoleService } from './console-service.ts';
import type { MachineLicense } from './license/machine-license.ts';
import type { TrustedTime } from './license/trusted-time.ts';
import type { Clock } from './ports/clock.ts';
import type { LocalApiControl } from './ports/local-api.ts';
import type { Log } from './ports/log.ts';
import type { RunCommand } from './ports/terminal.ts';
import type { Timer } from './ports/timer.ts';
import type { ServerProfiles } from './profiles/server-profiles.ts';

export interface ConsoleCommandsDeps {
  readonly service: ConsoleService;
  readonly profiles: ServerProfiles;
  readonly machine: MachineLicense;
  readonly localApi: LocalApiControl;
  readonly trustedTime: TrustedTime;
  readonly timer: Timer;
  readonly about: ConsoleState['about'];
  readonly background: () => BackgroundView;
  readonly channel: (served: ServedCommands) => Promise<ServedChannel>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The commands that this process runs for others. */
export interface ServedCommands {
  readonly run: RunCommand;
  mayRun(words: readonly string[]): boolean;
}

/** Where this account's terminals ask. */
export interface ServedChannel {
  /** Opens it where it is not open, or cannot be found any more. Failure: `console_not_answering`, with the system's words. */
  keepOpen(): Promise<Result<null>>;
  close(): Promise<void>;
}

/** Less than the minute after which the console looks at everything anyway. */
const tryAgainMs = 50_000;

/** The commands of the terminal over this console's services. Their code is loaded with the first of them. */
export class ConsoleCommands {
  readonly #deps: ConsoleCommandsDeps;
  /** Does the process of a command run the services, since no console does? */
  isInPlace = false;
  #channel: ServedChannel | null = null;
  /** Not before {@link serve}, and not after {@link close}. */
  #serves = false;
  #triedAtMs = 0;
  #trouble: string | null = null;
  #opening: Promise<void> = Promise.resolve();
  readonly #listeners = new Set<() => void>();
  readonly #running = new Set<Promise<number>>();

  constructor(deps: ConsoleCommandsDeps) {
    this.#deps = deps;
  }

  readonly run: RunCommand = async (words, terminal) => {
    const { commandsOver } = await import('./commands/run-command.ts');
    const running = commandsOver(this.#services())(words, terminal);
    this.#running.add(running);
    return running.finally(() => this.#running.delete(running));
  };

  /** Resolves when no command runs any more. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  /** From now on this account's terminals can ask. Without the channel they cannot, and everything else goes on. */
  serve(): void {
    this.#serves = true;
    this.#keepOpen();
  }

  /** Called when something is looked at anyway: what kept the channel from opening may have passed. */
  look(): void {
    if (this.#serves && this.#deps.clock.monotonicNow() - this.#triedAtMs >= tryAgainMs) this.#keepOpen();
  }

  /** Resolves when no command runs any more. */
  async close(): Promise<void> {
    this.#serves = false;
    await this.#opening;
    await this.#channel?.close();
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
        // As where the installation is damaged.
        this.#sayTrouble(thrown instanceof Error ? thrown.message : String(thrown));
      }
    });
  }

  /** Each reason once, however often it is tried again, and once that it is over. */
  #sayTrouble(detail: string | null): void {
    if (detail === this.#trouble) return;
    this.#trouble = detail;
    if (detail === null) this.#deps.log.info('command_channel', { open: true });
    else this.#deps.log.warn('command_channel', { detail });
  }

  /** Something that the commands say has changed. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Where no window and no background service has done it: every server's record and keychain are brought together, and the other accounts heard. */
  async beginInPlace(): Promise<void> {
    this.isInPlace = true;
    const { service, profiles } = this.#deps;
    const atWork = profiles.all.flatMap(({ id }) => service.servicesOf(id) ?? []);
    await Promise.all(
      atWork.map(async ({ license, acquisition }) => {
        await license.reconcile();
        acquisition.explainInterruption();
      }),
    );
    await service.tellAccounts();
  }

  #services(): CommandServices {
    const { service, profiles, localApi, trustedTime, timer, about, background } = this.#deps;
    return {
      about,
      isInPlace: this.isInPlace,
      localApi,
      timer,
      servers: () => profiles.all.flatMap((profile) => this.#server(profile.id) ?? []),
      shownId: () => profiles.current?.id ?? null,
      clock: () => trustedTime.evaluate(),
      background,
      notices: () => service.notices.all,
      licensedElsewhere: () => this.#licensedElsewhere(),
      checkIssuer: (issuer) => service.checkIssuer(issuer),
      addProfile: (settings) => service.addProfile(settings),
      saveProfile: (id, settings) => service.saveProfile(settings, id),
      chooseProfile: (id) => service.chooseProfile(id),
      listen: (changed) => {
        this.#listeners.add(changed);
        return () => this.#listeners.delete(changed);
      },
    };
  }

  #licensedElsewhere(): LicensedElsewhere | null {
    const { service, profiles, machine } = this.#deps;
    return machine.view(profiles.current, service.services?.license.view() != null).licensedElsewhere;
  }

  #server(id: string): CommandServer | null {
    const { service } = this.#deps;
    const services = service.servicesOf(id);
    if (!services) return null;
    const { license, acquisition, refresh, peers, token } = services;
    return {
      profile: license.profile,
      license,
      acquisition,
      refresh,
      connection: () => service.connectionOf(id),
      setRemoval: (removal) => service.setRemoval(services, removal),
      currentToken: () => token.current(),
      verifyPeer: (presented, askedBy) => peers.verify(presented, askedBy),
    };
  }
}
