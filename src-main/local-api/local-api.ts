import type { CreatedClient, LocalApiSettings, LocalApiView, NewClient } from '../../src-shared/local-api-view.ts';
import type { PeersView } from '../../src-shared/peer-verdict.ts';
import { type Failure, fail, type Result, succeed } from '../../src-shared/result.ts';
import type { LocalApiControl } from '../ports/local-api.ts';
import type { Timer } from '../ports/timer.ts';
import type { ApiClients, KnownClient } from './api-clients.ts';
import { apiLimits } from './api-limits.ts';
import type { OpenApi } from './open-api.ts';
import type { ServedLicense } from './served-license.ts';

export interface LocalApiDeps {
  readonly settings: () => LocalApiSettings;
  readonly saveSettings: (settings: LocalApiSettings) => Result<null>;
  readonly clients: ApiClients;
  readonly served: (profileId: string) => ServedLicense | null;
  readonly peers: (profileId: string) => PeersView;
  /** The folder of the socket and of the address file. */
  readonly folder: string;
  readonly version: string;
  readonly timer: Timer;
  readonly onChanged: () => void;
  /** The settings were changed. Recorded in the history of every server. */
  readonly onSettings: () => void;
  /** A client of a server was created or revoked. Recorded in the history of that server. */
  readonly onClients: (profileId: string) => void;
  readonly onFault: (thrown: unknown) => void;
}

/**
 * If the API could not open, it tries again this often, because the cause may pass, as when the program that held its address
 * ends. While open, it checks this often that programs can still find it: a folder that was cleaned up or restored must not
 * leave them without a license.
 */
const tryAgainMs = 60_000;

/** The local license API: whether it is on, which clients may call it, and which peers they verified. Closed until {@link begin}. */
export class LocalApi implements LocalApiControl {
  readonly #deps: LocalApiDeps;
  #revision = 0;
  #begun = false;
  #state: LocalApiView['state'] = 'off';
  #failure: Failure | null = null;
  #open: OpenApi | null = null;
  /** Runs one opening or closing at a time, in the order of the calls. */
  #queue: Promise<unknown> = Promise.resolve();
  #cancelTry: () => void = () => {};

  constructor(deps: LocalApiDeps) {
    this.#deps = deps;
  }

  get revision(): number {
    return this.#revision;
  }

  view(profileId: string): LocalApiView {
    const tcp = this.#open?.tcp;
    return {
      settings: this.#deps.settings(),
      state: this.#state,
      socket: this.#open?.socket ?? '',
      ...(tcp ? { tcp: { host: tcp.host, port: tcp.port } } : {}),
      failure: this.#failure,
      clients: this.#deps.clients.of(profileId),
    };
  }

  /** Opens it if the settings say so. Call it after the first paint. */
  async begin(): Promise<void> {
    this.#begun = true;
    this.#deps.clients.restore();
    await this.#follow();
  }

  async change(settings: LocalApiSettings): Promise<Result<null>> {
    const saved = this.#deps.saveSettings(settings);
    if (!saved.ok) return saved;
    this.#deps.onSettings();
    this.#changed();
    return this.#follow();
  }

  createClient(profileId: string, client: NewClient): Result<CreatedClient> {
    const created = this.#deps.clients.create(profileId, client);
    if (created.ok) this.#clientsChanged(profileId);
    return created;
  }

  /** Also ends the client's event streams at once. */
  revokeClient(profileId: string, clientId: string): Result<null> {
    const revoked = this.#deps.clients.revoke(profileId, clientId);
    if (!revoked.ok) return revoked;
    this.#open?.endStreams(clientId);
    this.#clientsChanged(profileId);
    return revoked;
  }

  peers(profileId: string): PeersView {
    return this.#deps.peers(profileId);
  }

  /** Call when the state of a server may have changed. Readers of events are notified. */
  standingChanged(): void {
    this.#open?.standingChanged();
  }

  /** Closes it when the console quits. */
  async close(): Promise<void> {
    this.#begun = false;
    await this.#follow();
    this.#deps.clients.keepUse();
  }

  #follow(isAgain = false): Promise<Result<null>> {
    const turn = this.#queue.then(() => this.#followNow(isAgain));
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async #followNow(isAgain: boolean): Promise<Result<null>> {
    this.#cancelTry();
    const { on, tcpPort } = this.#deps.settings();
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
      const { clients, served, folder, version, timer, onFault } = this.#deps;
      const onUsed = (client: KnownClient) => this.#used(client);
      const opened = await openApi(folder, { clients, served, version, timer, onFault, onUsed, limits: apiLimits });
      if (opened.ok) this.#open = opened.value;
      return opened.ok ? succeed(null) : opened;
    } catch (thrown) {
      // Happens if the installation is damaged, for example. The screen must then show a failure instead of `starting`.
      this.#deps.onFault(thrown);
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
    if (!isSame || state === 'listening') this.#changed();
  }

  #used({ id }: KnownClient): void {
    if (this.#deps.clients.used(id)) this.#changed();
  }

  #clientsChanged(profileId: string): void {
    this.#deps.onClients(profileId);
    this.#changed();
  }

  #changed(): void {
    this.#revision += 1;
    this.#deps.onChanged();
  }
}
