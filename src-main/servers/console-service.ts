import type { ConsoleStanding } from '../../src-shared/console-standing.ts';
import type {
  BackgroundView,
  ConnectionView,
  ConsoleState,
  PaneView,
  RemovalView,
  ServersState,
} from '../../src-shared/console-state.ts';
import type { LicenseEvent } from '../../src-shared/license-event.ts';
import { fail, failure, type Result, succeed } from '../../src-shared/result.ts';
import type { ProfileSettings, ServerProfile } from '../../src-shared/server-profile.ts';
import { requestMetadata, type ServerMetadata } from '../authorization/discovery.ts';
import { sameIssuer } from '../authorization/issuer-address.ts';
import { composeProfile, type SharedParts } from './compose-profile.ts';
import { ConsoleNotices } from '../notifications/console-notices.ts';
import type { HistoryLog } from '../history/history-log.ts';
import { begin, type ProfileServices, removalOf, settle, standingOf } from './profile-services.ts';
import { changesHolder, type MachineLicense, markerOf } from '../license/machine-license.ts';
import { changedSettings } from './changed-settings.ts';
import type { ServerProfiles } from './server-profiles.ts';
import { ServerContact } from './server-contact.ts';

/** The time mark is written once it has moved by this much. */
const keepMarkEveryMs = 60_000;

/** One server profile at work. All of them are kept licensed. The current one is shown. */
interface ServerAtWork {
  readonly services: ProfileServices;
  connection: ConnectionView;
  removal: RemovalView;
}

export interface ConsoleServiceDeps {
  readonly parts: Omit<SharedParts, 'onConnection' | 'onEvent'>;
  readonly profiles: ServerProfiles;
  readonly history: HistoryLog;
  readonly machine: MachineLicense;
  readonly about: ConsoleState['about'];
  /** Called when a profile is shown, or none. */
  readonly onProfile: (profile: ServerProfile | null) => void;
  /** Called when the network, or a server that could not be reached, is back. */
  readonly onConnectionBack: () => void;
  /** An event of a profile's license. */
  readonly onEvent: (profileId: string, event: LicenseEvent) => void;
}

/** The server profiles at work: starts their services, changes their settings, and reports their state. */
export class ConsoleService {
  readonly #deps: ConsoleServiceDeps;
  readonly #atWork = new Map<string, ServerAtWork>();
  readonly #notices: ConsoleNotices;
  readonly #contact: ServerContact;

  constructor(deps: ConsoleServiceDeps) {
    this.#deps = deps;
    this.#notices = new ConsoleNotices(() => deps.parts.onChanged());
    const { timer, random } = deps.parts;
    this.#contact = new ServerContact({ timer, random, servers: () => [...this.#atWork.values()] });
    deps.parts.trustedTime.onHeard = () => this.#keepMark(keepMarkEveryMs);
    deps.parts.trustedTime.onMoved = () => {
      for (const { services } of this.#atWork.values()) services.refresh.plan();
      deps.parts.onChanged();
    };
  }

  /** The services of the profile that is shown. */
  get services(): ProfileServices | null {
    return this.#current?.services ?? null;
  }

  servicesOf(profileId: string): ProfileServices | null {
    return this.#atWork.get(profileId)?.services ?? null;
  }

  connectionOf(profileId: string): ConnectionView {
    return this.#atWork.get(profileId)?.connection ?? { state: 'unknown' };
  }

  get notices(): ConsoleNotices {
    return this.#notices;
  }

  get #current(): ServerAtWork | null {
    const { current } = this.#deps.profiles;
    return (current && this.#atWork.get(current.id)) ?? null;
  }

  /** Is there a reason to run without a window: a license to refresh, or a User Code that somebody may be entering now? */
  get hasWork(): boolean {
    return [...this.#atWork.values()].some(
      ({ services: { license, acquisition } }) => license.view() !== null || acquisition.userCode !== null,
    );
  }

  /** Restores everything from disk, without network and keychain. `preset` becomes the first profile if there is none yet. */
  restore(preset: ProfileSettings | null): void {
    const { profiles } = this.#deps;
    const { unreadable, leftOut, ...file } = profiles.restore();
    if (unreadable) this.#notices.note(leftOut ? 'settings_partly_unreadable' : 'settings_unreadable', file);
    if (preset && !profiles.current) profiles.saveCurrent(preset);
    for (const profile of profiles.all) this.#takeUp(profile);
    this.#show(profiles.current);
  }

  /** To be called after the first paint. Reconciles the records with the keychain, and plans the next refreshes. */
  async begin(): Promise<void> {
    void this.tellAccounts();
    // In parallel, so that no profile waits for another one's server.
    await Promise.all([...this.#atWork.values()].map(({ services }) => begin(services)));
    void this.tellAccounts();
  }

  /** Call when the computer wakes up. */
  resume(): void {
    this.#deps.parts.trustedTime.startOver();
    this.online();
    this.#deps.parts.onChanged();
  }

  /** Call when the network comes back. */
  online(): void {
    this.#deps.onConnectionBack();
    this.#contact.networkIsBack();
  }

  /** Call when the window gets the focus. Contacts the shown server if it was offline, or to get the time if the clock is in doubt. */
  lookedAt(): void {
    const { clock } = this.#deps.parts.trustedTime.evaluate();
    const inDoubt = clock.state === 'wrong' || clock.doubt !== undefined;
    if (this.#current?.connection.state === 'offline' || (this.#current && inDoubt))
      void this.#current.services.license.contactServer();
  }

  async checkIssuer(issuer: string): Promise<Result<{ issuer: string }>> {
    const metadata = await this.#metadataOf(issuer);
    return metadata.ok ? succeed({ issuer: metadata.value.issuer }) : metadata;
  }

  #metadataOf(issuer: string): Promise<Result<ServerMetadata>> {
    return requestMetadata(this.#deps.parts.http, issuer);
  }

  /**
   * Checks the settings' Authorization server by discovery and saves the settings: to the profile with that ID, else to the shown
   * profile, else to a first one. Failures: those of discovery, `profile_in_use` if the change would leave the server or client that
   * issued the current license, `settings_not_written`, and the `secret_store_*` codes if tokens still wait for the keychain.
   */
  async saveProfile(settings: ProfileSettings, id = this.#deps.profiles.current?.id): Promise<Result<null>> {
    const { profiles } = this.#deps;
    const checked = await this.#metadataOf(settings.issuer);
    if (!checked.ok) return checked;
    const before = profiles.all.find((profile) => profile.id === (id ?? profiles.current?.id)) ?? null;
    const services = before && this.servicesOf(before.id);
    const { issuer } = checked.value;
    const leavesServer =
      before !== null && (!sameIssuer(before.issuer, issuer) || before.clientId !== settings.clientId);
    if (leavesServer && services?.license.record) return fail('profile_in_use');
    const settled = await settle(services);
    if (!settled.ok) return settled;
    const saved = before
      ? profiles.save(before.id, { ...settings, issuer })
      : profiles.saveCurrent({ ...settings, issuer });
    const changed = saved.ok && before ? changedSettings(before, saved.value) : [];
    if (saved.ok && changed.length > 0)
      this.#deps.onEvent(saved.value.id, { kind: 'settings_changed', settings: changed });
    return this.#use(saved, checked.value);
  }

  /** Records the change of a setting of the whole console in every server's history. */
  noteSetting(name: string): void {
    for (const id of this.#atWork.keys()) this.#deps.onEvent(id, { kind: 'settings_changed', settings: [name] });
  }

  /** Checks a new server profile like {@link saveProfile}, adds it and shows it. */
  async addProfile(settings: ProfileSettings): Promise<Result<null>> {
    const checked = await this.#metadataOf(settings.issuer);
    if (!checked.ok) return checked;
    return this.#use(this.#deps.profiles.add({ ...settings, issuer: checked.value.issuer }), checked.value);
  }

  /** Shows another server. Failures: `profile_incomplete`, `settings_not_written`. */
  chooseProfile(id: string): Result<null> {
    const chosen = this.#deps.profiles.choose(id);
    if (!chosen.ok) return chosen;
    this.#show(chosen.value);
    return succeed(null);
  }

  setRemoval(services: ProfileServices, removal: RemovalView): void {
    const atWork = [...this.#atWork.values()].find((candidate) => candidate.services === services);
    // The window or a terminal has already removed the license. Keep the result of that removal.
    const isGone = removal.state === 'failed' && removal.failure.code === 'not_licensed';
    if (atWork && !isGone) atWork.removal = removal;
    else if (atWork?.removal.state === 'removing') atWork.removal = { state: 'idle' };
    if (removal.state === 'removed') services.refresh.plan();
    this.#deps.parts.onChanged();
  }

  state(pane: PaneView, background: BackgroundView): ServersState {
    const current = this.#current;
    const services = current?.services;
    return {
      profile: this.#deps.profiles.current,
      servers: this.#deps.profiles.all.map(({ id, serverName, edition }) => ({
        id,
        serverName,
        edition,
        licensed: this.#atWork.get(id)?.services.license.view() != null,
      })),
      isSandbox: services?.knownServer.isSandbox ?? false,
      license: services?.license.view() ?? null,
      acquisition: services?.acquisition.view() ?? { state: 'idle' },
      refresh: services?.refresh.view() ?? { refreshing: false },
      clock: this.#deps.parts.trustedTime.evaluate().clock,
      connection: current?.connection ?? { state: 'unknown' },
      keychain: services?.license.keychainTrouble ?? null,
      removal: current ? removalOf(current.services, current.removal) : { state: 'idle' },
      removalEnds: services?.license.removalEnds ?? 'ended',
      notices: this.#notices.all,
      historyRevision: this.#deps.history.revision,
      ...this.#deps.machine.view(this.#deps.profiles.current, services?.license.view() != null),
      pane,
      background,
      about: this.#deps.about,
    };
  }

  /** The state of every server, shown or not. */
  standing(): ConsoleStanding {
    const { profiles, parts } = this.#deps;
    const servers = profiles.all.flatMap(({ id }) => {
      const services = this.servicesOf(id);
      return services ? [standingOf(services)] : [];
    });
    return { servers, clock: parts.trustedTime.evaluate().clock };
  }

  /** Writes this account's license marker for the computer's other accounts, or reads their markers. */
  tellAccounts(): Promise<void> {
    const { profiles, machine } = this.#deps;
    const viewOf = ({ id }: ServerProfile) => this.#atWork.get(id)?.services.license.view() ?? null;
    return machine.update(profiles.all.flatMap((profile) => markerOf(profile, viewOf(profile))));
  }

  /** Stops everything that is planned. Resolves when no license is being changed and this account's marker is written. */
  async close(): Promise<void> {
    this.#contact.stop();
    for (const id of this.#atWork.keys()) this.#stop(id);
    this.#keepMark(0);
    await Promise.all([...this.#atWork.values()].map(({ services }) => settle(services)));
    await this.#deps.machine.told();
  }

  async #use(kept: Result<ServerProfile>, metadata: ServerMetadata): Promise<Result<null>> {
    if (!kept.ok) return kept;
    const profile = kept.value;
    const before = this.#atWork.get(profile.id)?.services;
    this.#stop(profile.id);
    // Two services for one license would use the same refresh token, and the server would revoke the grant.
    await settle(before ?? null);
    if (this.#atWork.get(profile.id)?.services !== before) return this.#use(kept, metadata);
    const { services } = this.#takeUp(profile);
    services.knownServer.learn(metadata);
    if (this.#deps.profiles.current?.id === profile.id) this.#show(profile);
    else this.#deps.parts.onChanged();
    await begin(services);
    void this.tellAccounts();
    return succeed(null);
  }

  #takeUp(profile: ServerProfile): ServerAtWork {
    const onConnection = (connection: ConnectionView) => {
      const isBack = atWork.connection.state === 'offline' && connection.state === 'online';
      atWork.connection = connection;
      if (isBack) {
        services.refresh.nudge();
        this.#deps.onConnectionBack();
      }
      this.#deps.parts.onChanged();
    };
    // A license for a server that is not shown must not close the pane of the shown one.
    const onLicensed = () => {
      if (this.#current === atWork) this.#deps.parts.onLicensed();
    };
    const noteLeftOpen = ({ of, code, detail, triesAgain }: Extract<LicenseEvent, { kind: 'revocation_failed' }>) => {
      if (of === 'removal') atWork.removal = { state: 'undone', failure: failure(code, detail ? { detail } : {}) };
      else if (!triesAgain) this.#notices.note('authorization_left_open');
    };
    const onEvent = (event: LicenseEvent) => {
      if (event.kind === 'record_altered') this.#notices.note('license_record_altered');
      if (event.kind === 'revocation_failed') noteLeftOpen(event);
      if (changesHolder.has(event.kind)) void this.tellAccounts();
      this.#deps.onEvent(profile.id, event);
    };
    const services = composeProfile(profile, { ...this.#deps.parts, onConnection, onLicensed, onEvent });
    const atWork: ServerAtWork = { services, connection: { state: 'unknown' }, removal: { state: 'idle' } };
    this.#atWork.set(profile.id, atWork);
    const { unreadable, ...file } = services.license.restore();
    if (unreadable) this.#notices.note('license_record_unreadable', file);
    return atWork;
  }

  #show(profile: ServerProfile | null): void {
    this.#deps.onProfile(profile);
    this.#deps.parts.onChanged();
  }

  #stop(id: string): void {
    const services = this.#atWork.get(id)?.services;
    services?.acquisition.cancel();
    services?.refresh.stop();
    services?.keychain.stop();
    services?.peers.stop();
  }

  #keepMark(movedMs: number): void {
    for (const { services } of this.#atWork.values()) services.license.keepMark(movedMs);
  }
}
