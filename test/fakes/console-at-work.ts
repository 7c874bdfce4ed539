import { SeenProofs } from '../../src-main/peers/seen-proofs.ts';
import { fail, succeed } from '../../src-shared/result.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import type { LicenseEvent } from '../../src-shared/license/license-event.ts';
import type { ExpiredPeerRule } from '../../src-shared/registers/local-api-view.ts';
import { nodeSeal } from '../../src-main/adapters/computer/node-seal.ts';
import { nodeTokenCrypto } from '../../src-main/adapters/computer/node-token-crypto.ts';
import { KeychainWatch } from '../../src-main/keychain/keychain-watch.ts';
import { LicensedServer } from '../../src-main/servers/licensed-server.ts';
import type { Computer } from '../../src-main/ports/own-computer.ts';
import { TrustedTime } from '../../src-main/time/trusted-time.ts';
import { FakeAuthorizationServer, profile as defaultProfile } from './fake-authorization-server.ts';
import { FakeClock } from './fake-clock.ts';
import { HandTimer } from './hand-timer.ts';
import { KillSwitch } from './kill-switch.ts';
import { MemoryDocuments } from './memory-documents.ts';
import { MemorySecretStore } from './memory-secret-store.ts';
import { TokenSigner } from './token-signer.ts';
import { settled, until } from './until.ts';

/** One licensed server on fakes, with a disk, a keychain and a server that outlive the simulated process. */
export class ConsoleAtWork {
  readonly clock: FakeClock;
  readonly server: FakeAuthorizationServer;
  /** The Authorization server's signing key. */
  readonly signer: TokenSigner;
  #profile: ServerProfile;
  readonly #files = new Map<string, string>();
  readonly #entries = new Map<string, string>();
  timer: HandTimer;
  kill!: KillSwitch;
  documents!: MemoryDocuments;
  secrets!: MemorySecretStore;
  trustedTime!: TrustedTime;
  services!: LicensedServer;
  random = 0.5;
  expiredPeers: ExpiredPeerRule = 'refuse';
  computer: Computer | null = { id: 'computer-1', name: 'STORE-PC-1' };
  readonly userCodes: string[] = [];
  licensedTimes = 0;
  settingsWritable = true;
  /** The names of the console's other servers. */
  namesTaken: readonly string[] = [];
  readonly events: LicenseEvent[] = [];
  readonly notices: string[] = [];
  onChanged: () => void = () => {};

  private constructor(signer: TokenSigner, profile: ServerProfile) {
    this.clock = new FakeClock();
    this.signer = signer;
    this.server = new FakeAuthorizationServer(this.clock, signer);
    this.timer = new HandTimer(this.clock);
    this.#profile = profile;
    this.boot(new KillSwitch());
  }

  static async create(changes: Partial<ServerProfile> = {}): Promise<ConsoleAtWork> {
    signer ??= await TokenSigner.create();
    return new ConsoleAtWork(signer, { ...defaultProfile, ...changes });
  }

  /** Simulates a new process on the same disk and keychain. `offForMs` is the time since the previous one ended. */
  boot(kill = new KillSwitch(), offForMs = 0): LicensedServer {
    this.timer.forget();
    this.clock.restart(offForMs);
    this.kill = kill;
    this.server.process = kill;
    this.timer = new HandTimer(this.clock);
    this.documents = new MemoryDocuments(this.#files, kill);
    this.secrets = new MemorySecretStore(this.#entries, kill);
    this.trustedTime = new TrustedTime(this.clock);
    this.services = new LicensedServer(this.#profile, {
      parts: {
        http: this.server,
        clock: this.clock,
        timer: this.timer,
        keychainWatch: new KeychainWatch({ timer: this.timer, onFault: () => {} }),
        random: () => this.random,
        documents: this.documents,
        secrets: this.secrets,
        seal: nodeSeal,
        onFault: () => {},
        ownComputer: async () => this.computer,
        tokenCrypto: nodeTokenCrypto,
        trustedTime: this.trustedTime,
        expiredPeers: () => this.expiredPeers,
        seenProofs: new SeenProofs(),
        onUserCode: (code) => this.userCodes.push(code),
        onChanged: () => this.onChanged(),
      },
      isNameTaken: (serverName) => this.namesTaken.includes(serverName),
      keepName: (serverName) => {
        if (this.settingsWritable) this.#profile = { ...this.#profile, serverName };
        return this.settingsWritable ? succeed(null) : fail('settings_not_written');
      },
      notices: { note: (id) => this.notices.push(id) },
      onLicensed: () => {
        this.licensedTimes += 1;
      },
      onSettings: () => {},
      keepMarkElsewhere: () => {},
      onConnectionBack: () => {},
      onEvent: (event) => this.events.push(event),
    });
    this.services.restore();
    return this.services;
  }

  /** Simulates a new process that has reconciled the record with the keychain, as every start does. */
  async restart(offForMs = 0): Promise<LicensedServer> {
    const services = this.boot(new KillSwitch(), offForMs);
    await services.license.reconcile();
    await services.acquisition.resume();
    services.refresh.plan();
    return services;
  }

  /** Simulates a person who gives the server another name. */
  rename(serverName: string): void {
    this.#profile = { ...this.#profile, serverName };
    this.services.rename(serverName);
  }

  /** Settings that are in use from the next start on. */
  change(settings: Partial<ServerProfile>): void {
    this.#profile = { ...this.#profile, ...settings };
  }

  /** Acquires a license from start to end, and keeps it if it is for another device. Throws if that fails. */
  async acquire(): Promise<void> {
    const times = this.licensedTimes;
    const started = await this.services.acquisition.start();
    if (!started.ok) throw new Error(started.failure.code);
    this.server.authorize();
    await this.timer.advance((this.server.intervalSeconds ?? 5) * 1000);
    const { acquisition } = this.services;
    const isOver = () => ['failed', 'confirming_server'].includes(acquisition.view().state);
    await until(() => this.licensedTimes > times || isOver(), 'a license');
    if (acquisition.view().state === 'confirming_server') await acquisition.keep();
    await settled();
    if (this.licensedTimes === times) throw new Error(JSON.stringify(this.services.acquisition.view()));
  }

  /** The tokens in the keychain, and the key that seals the record. */
  get kept(): { accessToken: string; refreshToken: string; recordKey: string } | null {
    const value = this.#entries.get(`license.${this.#profile.id}`);
    return value === undefined ? null : JSON.parse(value);
  }

  /** Does the keychain hold the refresh token of an open grant? */
  get canRefresh(): boolean {
    return this.server.openGrants.some(({ refreshToken }) => refreshToken === this.kept?.refreshToken);
  }
}

let signer: TokenSigner | undefined;
