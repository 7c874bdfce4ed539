import type { ServerStanding } from '../../src-shared/window/console-standing.ts';
import type { ConnectionView, RemovalEnd, RemovalView } from '../../src-shared/window/console-state.ts';
import type { LicenseEvent } from '../../src-shared/license/license-event.ts';
import { present } from '../../src-shared/present.ts';
import { fail, failure, type Result, succeed } from '../../src-shared/result.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import type { AcquireLicense } from '../acquisition/acquire-license.ts';
import type { ServerMetadata } from '../authorization/discovery.ts';
import type { KnownServer } from '../authorization/known-server.ts';
import type { HeldToken } from '../license/held-token.ts';
import type { LicenseService } from '../license/license-service.ts';
import type { ConsoleNotices } from '../notifications/console-notices.ts';
import type { RefreshScheduler } from '../refresh/refresh-scheduler.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { ProfilePeers } from '../peers/profile-peers.ts';
import { composeServices, type ServerServices, type SharedParts } from './compose-services.ts';
import { LicenseChecker } from './license-checker.ts';

/** The mark of trusted time is saved once it has moved by this much. */
export const keepMarkEveryMs = 60_000;

interface LicensedServerDeps {
  /** The parts that all servers share. */
  readonly parts: SharedParts;
  readonly notices: Pick<ConsoleNotices, 'note'>;
  readonly onEvent: (event: LicenseEvent) => void;
  /** Does another server at the same Authorization server have this name? */
  readonly isNameTaken: (serverName: string) => boolean;
  /** Writes another name into the settings. Failure: `settings_not_written`. */
  readonly keepName: (serverName: string) => Result<null>;
  /** Keeps the mark of trusted time in the record of another server, if one can take it. */
  readonly keepMarkElsewhere: () => void;
  /** Called when the server has taken new settings, before it contacts anyone. */
  readonly onSettings: () => void;
  /** Called when a license was acquired. */
  readonly onLicensed: () => void;
  /** Called when the server answers again after it could not be reached. */
  readonly onConnectionBack: () => void;
}

type RevocationFailed = Extract<LicenseEvent, { readonly kind: 'revocation_failed' }>;

/**
 * One server that this console keeps licensed. It is the same object for as long as the server is known. Changed settings replace
 * the services inside it.
 */
export class LicensedServer {
  readonly #deps: LicensedServerDeps;
  /** Checks the license when a person asks for it. */
  readonly checker: LicenseChecker;
  #profile: ServerProfile;
  #services: ServerServices;
  #isForgotten = false;
  #connection: ConnectionView = { state: 'unknown' };
  #removal: RemovalView = { state: 'idle' };

  /** Uses neither the network nor the keychain. */
  constructor(profile: ServerProfile, deps: LicensedServerDeps) {
    this.#deps = deps;
    this.#profile = profile;
    this.#services = this.#compose(profile);
    this.checker = new LicenseChecker({
      standing: () => this.standing(),
      refreshNow: () => this.refresh.refreshNow(),
      onChanged: deps.parts.onChanged,
    });
  }

  get profile(): ServerProfile {
    return this.#profile;
  }

  get profileId(): string {
    return this.profile.id;
  }

  get license(): LicenseService {
    return this.#services.license;
  }

  get acquisition(): AcquireLicense {
    return this.#services.acquisition;
  }

  /** Does a new license wait until a person keeps it or undoes it? */
  get newLicenseWaits(): boolean {
    return this.acquisition.view().state === 'confirming_server';
  }

  get refresh(): RefreshScheduler {
    return this.#services.refresh;
  }

  /** The registers and servers that present their license tokens to this server. */
  get peers(): ProfilePeers {
    return this.#services.peers;
  }

  /** The license token for permitted programs of this computer. */
  get token(): HeldToken {
    return this.#services.token;
  }

  /** What is known about the Authorization server from its last answers. */
  get knownServer(): KnownServer {
    return this.#services.knownServer;
  }

  get connection(): ConnectionView {
    return this.#connection;
  }

  /** The state of the last removal. A removal left over from an earlier run is shown unless another one is in progress. */
  get removal(): RemovalView {
    return this.#removal.state === 'idle' && this.license.removalWaits ? { state: 'waiting' } : this.#removal;
  }

  standing(): ServerStanding {
    const { id, serverName, edition } = this.profile;
    return {
      profileId: id,
      serverName,
      edition,
      license: this.license.view(),
      ...present({ waits: this.newLicenseWaits ? true : undefined }),
      refresh: this.refresh.view(),
      keychain: this.license.keychainTrouble,
      ...this.#deps.parts.trustedTime.evaluate(),
    };
  }

  /** Restores the license from disk. */
  restore(): void {
    const { unreadable, ...file } = this.license.restore();
    if (unreadable) this.#deps.notices.note('license_record_unreadable', file);
  }

  /**
   * Call after the first paint. Reconciles the record with the keychain and plans the next refresh. If a refresh is due,
   * resolves after it, so that people are not notified about a problem that this refresh solves.
   */
  async begin(): Promise<void> {
    const { license, acquisition, refresh, keychain } = this.#services;
    keychain.begin();
    try {
      await license.reconcile();
      await acquisition.resume();
    } finally {
      // A refresh contacts the server anyway. One request per console, not two, when many consoles start after a power failure.
      if (refresh.plan()) await refresh.refreshNow();
      else if (license.record) await license.contactServer();
    }
  }

  /** Call when this server alone has a connection again: it does not wait for its turn among many. */
  connectionIsBack(): void {
    this.acquisition.networkIsBack();
    this.refresh.nudge();
  }

  /** Makes the system ask for the keychain's password, then resumes a waiting refresh. Failures: `secret_store_*`. */
  async unlockKeychain(): Promise<Result<null>> {
    const { license, acquisition, refresh } = this.#services;
    const unlocked = await license.unlockKeychain();
    if (unlocked.ok) {
      await acquisition.resume();
      refresh.nudge();
    }
    return unlocked;
  }

  /** Removes the license and shows how far that is. Failures: those of {@link LicenseService.remove}. */
  async remove(hereOnly: boolean): Promise<Result<RemovalEnd>> {
    this.setRemoval({ state: 'removing' });
    const removed = await this.license.remove(hereOnly);
    this.setRemoval(
      removed.ok ? { state: 'removed', ...removed.value } : { state: 'failed', failure: removed.failure },
    );
    return removed;
  }

  setRemoval(removal: RemovalView): void {
    // The window or a terminal has already removed the license. Keep the result of that removal.
    const isGone = removal.state === 'failed' && removal.failure.code === 'not_licensed';
    if (!isGone) this.#removal = removal;
    else if (this.#removal.state === 'removing') this.#removal = { state: 'idle' };
    if (removal.state === 'removed') this.refresh.plan();
    this.#deps.parts.onChanged();
  }

  /** Begins with settings that the Authorization server with this metadata has confirmed, or with unchecked ones (null). */
  async start(metadata: ServerMetadata | null): Promise<void> {
    if (metadata) this.#services.knownServer.learn(metadata);
    this.#deps.onSettings();
    await this.begin();
  }

  /**
   * Replaces the settings with those that `take` saves, then does the same as {@link start}. Waits first until no license is being changed:
   * two services for one license would use the same refresh token, and the server would revoke the grant. A license that was being stored
   * is there when `take` is called, and nothing is awaited between its checks and the new services. Failures: those of `take`, the
   * `secret_store_*` codes if tokens still wait for the keychain, `server_unknown` if the server was forgotten.
   */
  async change(take: () => Result<ServerProfile>, metadata: ServerMetadata): Promise<Result<null>> {
    const before = this.#services;
    const settled = await this.settle();
    if (!settled.ok) return settled;
    await before.refresh.settled();
    const taken = await before.license.exclusively(async () => {
      if (this.#isForgotten) return fail('server_unknown');
      // Other settings were faster, or the license is about to change again. These settings are the later ones.
      if (this.#services !== before || before.acquisition.isStoring || before.refresh.view().refreshing) return null;
      const saved = take();
      if (saved.ok) this.#replaceServices(saved.value);
      return saved;
    });
    if (!taken) return this.change(take, metadata);
    if (!taken.ok) return taken;
    await this.start(metadata);
    return succeed(null);
  }

  #replaceServices(profile: ServerProfile): void {
    this.stop();
    this.#connection = { state: 'unknown' };
    this.#removal = { state: 'idle' };
    this.#profile = profile;
    this.#services = this.#compose(profile);
    this.restore();
  }

  /** Takes another name. No service depends on it, so they all go on. The settings have it already. */
  rename(serverName: string): void {
    this.#profile = { ...this.#profile, serverName };
    this.#deps.parts.onChanged();
  }

  /**
   * Ends this server, since a person has forgotten it. Waits until no license is being changed, then calls `deleteSecrets`. If that
   * succeeds, nothing about this server is written from now on, and `deleteRest` is called; otherwise the server goes on as before.
   * Failures: those of `deleteSecrets`, `server_unknown` if it was forgotten already, and the `secret_store_*` codes.
   */
  async forget(deleteSecrets: () => Promise<Result<null>>, deleteRest: () => void): Promise<Result<null>> {
    this.acquisition.cancel();
    const settled = await this.settle();
    if (!settled.ok) return settled;
    // A license that nobody has accepted must not stay authorized.
    if (this.newLicenseWaits) {
      const declined = await this.acquisition.decline();
      if (!declined.ok) return declined;
    }
    await this.license.grants.endOpen();
    const leavesOpen = await this.license.grants.hasOpen();
    return this.license.exclusively(async () => {
      if (this.#isForgotten) return fail('server_unknown');
      const deleted = await deleteSecrets();
      if (!deleted.ok) return deleted;
      this.#isForgotten = true;
      this.stop();
      this.#deps.parts.trustedTime.removeSource(this.profileId);
      if (leavesOpen) this.#deps.notices.note('authorization_left_open');
      deleteRest();
      return succeed(null);
    });
  }

  /** Cancels everything that is planned. */
  stop(): void {
    const { acquisition, refresh, keychain, peers } = this.#services;
    acquisition.cancel();
    refresh.stop();
    keychain.stop();
    peers.stop();
  }

  /** Waits until no license is being changed, then retries to save tokens that the keychain refused earlier. */
  async settle(): Promise<Result<null>> {
    const { acquisition, refresh, peers } = this.#services;
    await acquisition.settled();
    // The result is ignored: a full disk that cannot take the list of peers must not stop the rest.
    peers.keep();
    return refresh.saveUnsaved();
  }

  #compose(profile: ServerProfile): ServerServices {
    const { parts, onLicensed } = this.#deps;
    const services: ServerServices = composeServices(profile, {
      ...parts,
      serverName: () => this.#profile.serverName,
      isNameTaken: this.#deps.isNameTaken,
      rename: (serverName) => this.#renameAs(serverName),
      documents: this.#whileKnown(parts.documents),
      onLicensed,
      // Of the marks in all records, the latest counts. So one record is enough: the one of the server that answered, if it has one.
      onAnswer: () => {
        if (this.#services !== services || services.license.keepMark(keepMarkEveryMs)) return;
        this.#deps.keepMarkElsewhere();
      },
      onMarkGoes: () => this.#deps.keepMarkElsewhere(),
      // An answer to services that were replaced says nothing about the new settings.
      onConnection: (connection) => this.#services === services && this.#connected(connection),
      onEvent: (event) => {
        if (this.#isForgotten) return;
        if (event.kind === 'record_altered') this.#deps.notices.note('license_record_altered');
        if (event.kind === 'revocation_failed') this.#leftOpen(event);
        this.#deps.onEvent(event);
      },
    });
    return services;
  }

  #renameAs(serverName: string): Result<null> {
    const { serverName: before } = this.#profile;
    const kept = before === serverName ? succeed(null) : this.#deps.keepName(serverName);
    if (!kept.ok || before === serverName) return kept;
    this.rename(serverName);
    this.#deps.onEvent({ kind: 'server_renamed', before, now: serverName });
    return kept;
  }

  /** An answer that comes late must not bring back what was deleted. */
  #whileKnown(documents: DocumentStore): DocumentStore {
    return {
      read: (name) => documents.read(name),
      write: (name, document) => (this.#isForgotten ? succeed(null) : documents.write(name, document)),
      remove: (name) => documents.remove(name),
      removeAll: (name) => documents.removeAll(name),
      setAside: (name) => documents.setAside(name),
    };
  }

  #connected(connection: ConnectionView): void {
    const isBack = this.#connection.state === 'offline' && connection.state === 'online';
    this.#connection = connection;
    if (isBack) {
      this.refresh.nudge();
      this.#deps.onConnectionBack();
    }
    this.#deps.parts.onChanged();
  }

  #leftOpen({ of, code, detail, triesAgain }: RevocationFailed): void {
    if (of === 'removal') this.#removal = { state: 'undone', failure: failure(code, detail ? { detail } : {}) };
    else if (!triesAgain) this.#deps.notices.note('authorization_left_open');
  }
}
