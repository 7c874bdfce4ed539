import type {
  CreatedClient,
  LocalApiSettings,
  LocalApiView,
  NewClient,
} from '../../src-shared/registers/local-api-view.ts';
import type { PeersView } from '../../src-shared/registers/peer-verdict.ts';
import { type Failure, fail, type Result, succeed } from '../../src-shared/result.ts';
import { Turns } from '../../src-shared/turns.ts';
import type { HistoryLog } from '../history/history-log.ts';
import type { ConsoleNotices } from '../notifications/console-notices.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { LocalApiControl } from './local-api-control.ts';
import type { Log } from '../ports/log.ts';
import type { Timer } from '../ports/timer.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';
import type { ServerProfiles } from '../servers/server-profiles.ts';
import type { TrustedTime } from '../time/trusted-time.ts';
import { ApiClients, type KnownClient } from './api-clients.ts';
import { apiLimits } from './api-limits.ts';
import type { OpenApi } from './open-api.ts';
import type { ServedLicense } from './served-license.ts';

export interface LocalApiDeps {
  readonly servers: Pick<LicensedServers, 'noteSetting'> & { of(profileId: string): ServedLicense | null };
  readonly profiles: Pick<ServerProfiles, 'localApi' | 'saveLocalApi'>;
  readonly history: Pick<HistoryLog, 'append'>;
  readonly notices: Pick<ConsoleNotices, 'note' | 'dismiss'>;
  readonly documents: DocumentStore;
  readonly trustedTime: Pick<TrustedTime, 'evaluate'>;
  readonly timer: Timer;
  readonly log: Log;
  /** The folder of the settings, of the socket and of the address file. Programs look there for the address of the API. */
  readonly folder: string;
  readonly version: string;
  readonly onChanged: () => void;
}

/**
 * If the API could not open, it tries again this often, because the cause may pass, for example when the program that held its address
 * ends. While open, it checks this often that programs can still find it: a folder that was cleaned up or restored must not leave them
 * without a license.
 */
const tryAgainMs = 60_000;

/** The local license API: whether it is on, which clients may call it, and which peers they verified. Closed until {@link begin}. */
export class LocalApi implements LocalApiControl {
  readonly #deps: LocalApiDeps;
  readonly #clients: ApiClients;
  #revision = 0;
  #begun = false;
  #state: LocalApiView['state'] = 'off';
  #failure: Failure | null = null;
  #open: OpenApi | null = null;
  /** Runs one opening or closing at a time, in the order of the calls. */
  readonly #turns = new Turns();
  #cancelTry: () => void = () => {};

  constructor(deps: LocalApiDeps) {
    this.#deps = deps;
    this.#clients = new ApiClients({
      documents: deps.documents,
      now: () => this.#now,
      onLost: (file) => deps.notices.note('api_clients_unreadable', file),
      onWithheld: (file) => {
        if (file) deps.notices.note('api_clients_withheld', file);
        else deps.notices.dismiss('api_clients_withheld');
        this.#changed();
      },
    });
  }

  get revision(): number {
    return this.#revision;
  }

  view(profileId: string): LocalApiView {
    const tcp = this.#open?.tcp;
    return {
      settings: this.#deps.profiles.localApi,
      state: this.#state,
      socket: this.#open?.socket ?? '',
      ...(tcp ? { tcp: { host: tcp.host, port: tcp.port } } : {}),
      failure: this.#failure,
      clients: this.#clients.of(profileId),
    };
  }

  get clientsFailure(): Failure | null {
    return this.#clients.failure;
  }

  /** Opens it if the settings say so. Call it after the first paint. */
  async begin(): Promise<void> {
    this.#begun = true;
    this.#clients.restore();
    await this.#follow();
  }

  async change(settings: LocalApiSettings): Promise<Result<null>> {
    const saved = this.#deps.profiles.saveLocalApi(settings);
    if (!saved.ok) return saved;
    this.#deps.servers.noteSetting('localApi');
    this.#changed();
    return this.#follow();
  }

  createClient(profileId: string, client: NewClient): Result<CreatedClient> {
    const created = this.#clients.create(profileId, client);
    if (created.ok) {
      this.#deps.notices.dismiss('api_clients_unreadable');
      this.#clientsChanged(profileId);
    }
    return created;
  }

  /** Also ends the client's event streams at once. */
  revokeClient(profileId: string, clientId: string): Result<null> {
    const revoked = this.#clients.revoke(profileId, clientId);
    if (!revoked.ok) return revoked;
    this.#open?.endStreams(clientId);
    if (this.#deps.servers.of(profileId)) this.#clientsChanged(profileId);
    return revoked;
  }

  /** Revokes all clients of a server that was forgotten. False if one of them stays. */
  serverForgotten(profileId: string): boolean {
    return this.#clients.of(profileId).every(({ id }) => this.revokeClient(profileId, id).ok);
  }

  peers(profileId: string): PeersView {
    return this.#deps.servers.of(profileId)?.peers.view() ?? { peers: [], at: this.#now };
  }

  /** Call when the state of a server may have changed. Readers of events are notified. */
  standingChanged(): void {
    this.#open?.standingChanged();
  }

  /** Closes it when the console quits. */
  async close(): Promise<void> {
    this.#begun = false;
    await this.#follow();
    this.#clients.keepUse();
  }

  #follow(isAgain = false): Promise<Result<null>> {
    return this.#turns.run(() => this.#followNow(isAgain));
  }

  async #followNow(isAgain: boolean): Promise<Result<null>> {
    this.#cancelTry();
    const { on, tcpPort } = this.#deps.profiles.localApi;
    if (!on || !this.#begun) return this.#shut('off', null);
    const opened = await this.#openAt(tcpPort, isAgain);
    this.#watch(opened.ok);
    return opened;
  }

  #watch(isOpen: boolean): void {
    this.#cancelTry = this.#deps.timer.schedule(tryAgainMs, () => {
      if (isOpen && this.#open?.isFound) this.#watch(true);
      else void this.#follow(true);
    });
  }

  /** A retry keeps the old failure on view until it succeeds, instead of showing `starting`. */
  async #openAt(tcpPort: number | null, isAgain: boolean): Promise<Result<null>> {
    if (this.#open && !this.#open.isThere) await this.#close();
    if (!this.#open) {
      if (!isAgain) this.#stand('starting', null);
      const opened = await this.#openUp();
      if (!opened.ok) return this.#shut('failed', opened.failure);
    }
    const tcp = (await this.#open?.useTcp(tcpPort)) ?? succeed(null);
    this.#stand('listening', tcp.ok ? null : tcp.failure);
    return tcp;
  }

  async #openUp(): Promise<Result<null>> {
    try {
      // Imported here so that a console whose local license API is off does not load the server.
      const { openApi } = await import('./open-api.ts');
      const { servers, folder, version, timer } = this.#deps;
      const opened = await openApi(folder, {
        clients: this.#clients,
        onUsed: (client) => this.#used(client),
        served: (profileId) => servers.of(profileId),
        version,
        timer,
        limits: apiLimits,
        onFault: (thrown) => this.#fault(thrown),
      });
      if (opened.ok) this.#open = opened.value;
      return opened.ok ? succeed(null) : opened;
    } catch (thrown) {
      // Happens if the installation is damaged, for example. The screen must then show a failure instead of `starting`.
      this.#fault(thrown);
      return fail('local_api_not_opened');
    }
  }

  async #shut(state: 'off' | 'failed', failure: Failure | null): Promise<Result<null>> {
    await this.#close();
    this.#stand(state, failure);
    return failure ? { ok: false, failure } : succeed(null);
  }

  async #close(): Promise<void> {
    await this.#open?.close();
    this.#open = null;
  }

  #stand(state: LocalApiView['state'], failure: Failure | null): void {
    const isSame = this.#state === state && this.#failure?.code === failure?.code;
    this.#state = state;
    this.#failure = failure;
    if (!isSame && state !== 'starting')
      this.#deps.log[failure ? 'warn' : 'info']('local_api', state, { code: failure?.code });
    if (!isSame || state === 'listening') this.#changed();
  }

  #used({ id }: KnownClient): void {
    if (this.#clients.used(id)) this.#changed();
  }

  #clientsChanged(profileId: string): void {
    this.#deps.history.append(profileId, { kind: 'settings_changed', settings: ['apiClients'] });
    this.#changed();
  }

  get #now(): number {
    return this.#deps.trustedTime.evaluate().judgedAt;
  }

  #fault(thrown: unknown): void {
    this.#deps.log.error('local_api', 'fault', thrown);
  }

  #changed(): void {
    this.#revision += 1;
    this.#deps.onChanged();
  }
}
