import { SeenProofs } from '../../src-main/peers/seen-proofs.ts';
import { nodeSeal } from '../../src-main/adapters/computer/node-seal.ts';
import { nodeTokenCrypto } from '../../src-main/adapters/computer/node-token-crypto.ts';
import { KeychainWatch } from '../../src-main/keychain/keychain-watch.ts';
import { composeServices, type ServerServices, type SharedParts } from '../../src-main/servers/compose-services.ts';
import { type LicenseSecrets, parseSecrets } from '../../src-main/license/license-record.ts';
import { TrustedTime } from '../../src-main/time/trusted-time.ts';
import { succeed } from '../../src-shared/result.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import type { AuthorizationServer } from '../authorization-server/authorization-server.ts';
import { profile } from './fake-authorization-server.ts';
import { FakeClock } from './fake-clock.ts';
import { FetchHttp } from './fetch-http.ts';
import { HandTimer } from './hand-timer.ts';
import { MemoryDocuments } from './memory-documents.ts';
import { MemorySecretStore } from './memory-secret-store.ts';
import { settled, until } from './until.ts';

/** The services of one profile on fakes, with the real sandbox server. Time starts at this computer's real time. */
export class ConsoleAtSandbox {
  readonly clock = new FakeClock(Date.now());
  readonly timer = new HandTimer(this.clock);
  readonly documents = new MemoryDocuments();
  readonly secrets = new MemorySecretStore();
  readonly #parts: Partial<SharedParts>;
  readonly #server: AuthorizationServer;
  services: ServerServices;
  #userCode = '';
  onUserCode: (userCode: string) => void = () => {};

  /** `parts` replace the fakes. */
  constructor(server: AuthorizationServer, changes: Partial<ServerProfile> = {}, parts: Partial<SharedParts> = {}) {
    this.#parts = parts;
    this.#server = server;
    this.services = this.#compose(changes);
  }

  /** Simulates a new process on the same disk and keychain, with changes to the profile. */
  async restart(changes: Partial<ServerProfile> = {}): Promise<void> {
    this.timer.forget();
    this.services = this.#compose(changes);
    await this.services.license.reconcile();
  }

  /** Requests a User Code and authorizes it for `device`, before the first poll. */
  async authorizeCode(device: string): Promise<void> {
    const started = await this.services.acquisition.start();
    if (!started.ok) throw new Error(started.failure.code);
    await this.#server.control.authorizeCode({ userCode: this.#userCode, device });
  }

  /** Acquires a license from start to end. Returns `licensed` or the failure's code. */
  async acquire(device: string): Promise<string> {
    await this.authorizeCode(device);
    await this.timer.advance(1_000);
    await until(() => ['idle', 'failed'].includes(this.services.acquisition.view().state), 'the end');
    await this.services.acquisition.settled();
    await settled();
    const view = this.services.acquisition.view();
    return view.state === 'failed' ? view.failure.code : 'licensed';
  }

  /** Returns `refreshed` or the failure's code. */
  async refresh(): Promise<string> {
    const refreshed = await this.services.refresh.refreshNow();
    return refreshed.ok ? 'refreshed' : refreshed.failure.code;
  }

  /** The secrets in the keychain; null if they are missing or incomplete. */
  get kept(): LicenseSecrets | null {
    return parseSecrets(this.secrets.entries.get(`license.${profile.id}`) ?? '');
  }

  #compose(changes: Partial<ServerProfile>): ServerServices {
    const { issuer } = this.#server;
    const services = composeServices(
      { ...profile, issuer, ...changes },
      {
        http: new FetchHttp(),
        clock: this.clock,
        timer: this.timer,
        keychainWatch: new KeychainWatch({ timer: this.timer, onFault: () => {} }),
        random: () => 0.5,
        documents: this.documents,
        secrets: this.secrets,
        seal: nodeSeal,
        ownComputer: async () => null,
        tokenCrypto: nodeTokenCrypto,
        trustedTime: new TrustedTime(this.clock),
        expiredPeers: () => 'refuse',
        seenProofs: new SeenProofs(),
        onEvent: () => {},
        onUserCode: (userCode) => {
          this.#userCode = userCode;
          this.onUserCode(userCode);
        },
        serverName: () => profile.serverName,
        isNameTaken: () => false,
        rename: () => succeed(null),
        onLicensed: () => {},
        onAnswer: () => {},
        onMarkGoes: () => {},
        onConnection: () => {},
        onChanged: () => {},
        onFault: () => {},
        ...this.#parts,
      },
    );
    services.license.restore();
    return services;
  }
}
