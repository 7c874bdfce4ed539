import { Changes } from '../../src-main/changes.ts';
import { requestSigningKeys } from '../../src-main/authorization/signing-keys.ts';
import type { CommandServices } from '../../src-main/commands/command-services.ts';
import { commandsOver } from '../../src-main/commands/run-command.ts';
import type { ComputerScene } from '../../src-main/preflight/preflight-scene.ts';
import { collectZip } from '../../src-main/diagnostics/diagnostics-zip.ts';
import { runPreflight } from '../../src-main/preflight/run-preflight.ts';
import type { LocalApiControl } from '../../src-main/local-api/local-api-control.ts';
import type { LicensedServer } from '../../src-main/servers/licensed-server.ts';
import type { Notice, RemovalView } from '../../src-shared/window/console-state.ts';
import type { LocalApiSettings } from '../../src-shared/registers/local-api-view.ts';
import type { PeerVerdict } from '../../src-shared/registers/peer-verdict.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { ForgottenLicense, ProfileSettings, ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { ConsoleAtWork } from './console-at-work.ts';
import { diagnosticsScene } from './diagnostics-scene.ts';
import { profile } from './fake-authorization-server.ts';
import { FakeLaptop } from './fake-laptop.ts';
import { MemoryTerminal } from './memory-terminal.ts';

/** A command's output and exit code. */
export interface CommandEnd {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
  readonly terminal: MemoryTerminal;
}

/** The terminal commands, running on fake services of one server. */
export class CommandsAtWork {
  readonly console: ConsoleAtWork;
  readonly removals: RemovalView[] = [];
  readonly added: ProfileSettings[] = [];
  readonly saved: ServerProfile[] = [];
  readonly renamed: (readonly [id: string, serverName: string])[] = [];
  readonly forgotten: (readonly [id: string, license: ForgottenLicense])[] = [];
  /** The result of saving changed settings, of renaming and of forgetting. */
  saves: Result<null> = succeed(null);
  /** Settings of the first server that differ from the default profile. */
  settings: Partial<ServerProfile> = {};
  notices: Notice[] = [];
  /** Requests for metadata that a person asks for, and for the keys of a check, are not answered until this resolves. */
  answered: Promise<unknown> = Promise.resolve();
  isInPlace = false;
  hasServer = true;
  /** Adds a second server that differs from the first only in its name. */
  hasSecond = false;
  verdict: PeerVerdict | null = null;
  presented: unknown = null;
  apiSettings: LocalApiSettings = { on: false, tcpPort: null, expiredPeers: 'refuse' };
  readonly laptop: FakeLaptop;
  /** The outcome of a request to the Authorization server without the laptop. */
  ownWay: Result<null> = succeed(null);
  readonly #changes: Changes;
  /** How many commands listen to changes. */
  listeners = 0;
  /** What commands threw. */
  readonly faults: unknown[] = [];

  private constructor(console: ConsoleAtWork) {
    this.console = console;
    this.#changes = new Changes(console.timer, console.clock);
    console.onChanged = this.#changes.notify;
    this.laptop = new FakeLaptop(this.#changes.notify);
  }

  static async create(): Promise<CommandsAtWork> {
    return new CommandsAtWork(await ConsoleAtWork.create());
  }

  /** Runs a command to its end. `during` is called after it has started. */
  async run(
    commandLine: string | readonly string[],
    during: (terminal: MemoryTerminal) => unknown = () => {},
    terminal = new MemoryTerminal(),
  ): Promise<CommandEnd> {
    const words = typeof commandLine === 'string' ? commandLine.split(' ').filter(Boolean) : commandLine;
    const running = commandsOver(this.services(), (thrown) => this.faults.push(thrown))(words, terminal);
    await during(terminal);
    const exitCode = await running;
    return { exitCode, out: terminal.out, err: terminal.err, terminal };
  }

  services(): CommandServices {
    return {
      about: { version: '1.2.3', runtime: 'a runtime' },
      isInPlace: this.isInPlace,
      localApi: this.#localApi(),
      timer: this.console.timer,
      supportContact: () => ({ state: 'set', contact: { name: 'Help desk', phone: '+49 30 1234' } }),
      laptop: this.laptop,
      servers: {
        all: this.#servers(),
        shown: this.#servers()[0] ?? null,
        licensedElsewhere: null,
        settings: {
          add: async (settings) => {
            await this.answered;
            this.added.push(settings);
            return succeed(null);
          },
          addUnchecked: async (settings) => {
            this.added.push(settings);
            return succeed(null);
          },
          save: async (settings, id = '') => {
            await this.answered;
            this.saved.push({ id, ...settings });
            return this.saves;
          },
          rename: (id, serverName) => {
            this.renamed.push([id, serverName]);
            return this.saves;
          },
        },
        forgetProfile: async (id, license) => {
          this.forgotten.push([id, license]);
          return this.saves;
        },
        chooseProfile: () => succeed(null),
      },
      notices: { all: this.notices },
      trustedTime: this.console.trustedTime,
      preflight: (servers) => runPreflight(this.preflightScene(), servers, { timer: this.console.timer }),
      diagnostics: (isInPlace, run) =>
        collectZip(diagnosticsScene(this, isInPlace), { ...run, timer: this.console.timer }),
      changes: {
        subscribe: (listener) => {
          this.listeners += 1;
          const unsubscribe = this.#changes.subscribe(listener);
          return () => {
            this.listeners -= 1;
            unsubscribe();
          };
        },
      },
    };
  }

  preflightScene(): ComputerScene {
    const { isInPlace, servers, notices, localApi } = this.services();
    const { trustedTime } = this.console;
    return {
      isInPlace,
      servers: {
        ...servers,
        checkKeys: async (_profileId, jwksUri) => {
          await this.answered;
          const keys = await requestSigningKeys(this.console.server, jwksUri);
          return keys.ok ? succeed(null) : keys;
        },
        tryOwnWay: async () => this.ownWay,
      },
      notices,
      localApi,
      trustedTime,
      builtAt: 0,
      storage: { freeBytes: async () => null, tryWriting: async () => succeed(null) },
      network: { evidence: async () => ({}) },
      laptop: this.laptop,
      startsAnother: () => null,
      otherCopies: async () => [],
      virtualMachine: async () => null,
      proxyScript: async () => null,
      timeService: { command: 'start-the-time-service' },
      background: () => ({
        keepsRunning: 'yes',
        asking: false,
        startsAtLogin: 'on',
        tray: 'shown',
        account: 'somebody',
      }),
    };
  }

  #servers(): readonly LicensedServer[] {
    if (!this.hasServer) return [];
    const first = this.#server();
    return this.hasSecond
      ? [first, withOther(first, { profile: { ...profile, id: 'second', serverName: 'Second' } })]
      : [first];
  }

  /** The server of the console, with the settings and the verdict that the test has set. */
  #server(): LicensedServer {
    const { services } = this.console;
    return withOther(services, {
      profile: { ...profile, ...this.settings },
      setRemoval: (removal: RemovalView) => void this.removals.push(removal),
      remove: async (hereOnly: boolean) => {
        const removed = await services.remove(hereOnly);
        this.removals.push(services.removal);
        return removed;
      },
      peers: {
        verify: async (presented: unknown) => {
          this.presented = presented;
          if (!this.verdict) throw new Error('No verdict');
          return this.verdict;
        },
      },
    });
  }

  #localApi(): LocalApiControl {
    const client = { id: 'abcdefghijkl', name: 'POS server', may: ['read'] as const, createdAt: 0 };
    return {
      revision: 0,
      clientsFailure: null,
      view: () => ({ settings: this.apiSettings, state: 'off', socket: '', failure: null, clients: [client] }),
      change: async (settings) => {
        this.apiSettings = settings;
        return succeed(null);
      },
      createClient: (_profileId, asked) =>
        succeed({ client: { ...client, ...asked }, secret: 'the-secret-of-a-client' }),
      revokeClient: (_profileId, id) => (id === client.id ? succeed(null) : fail('client_unknown')),
      peers: () => ({ peers: [], at: 0 }),
    };
  }
}

/** A server with some members replaced. */
function withOther(server: LicensedServer, others: Partial<Record<keyof LicensedServer, unknown>>): LicensedServer {
  return new Proxy(server, {
    get: (target, name) => {
      if (name in others) return others[name as keyof LicensedServer];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
