import type { AcquisitionState } from '../../src-shared/license/acquisition-state.ts';
import type { ConsoleStanding } from '../../src-shared/window/console-standing.ts';
import type {
  BackgroundView,
  ConsoleState,
  LicensedElsewhere,
  Notice,
  PaneView,
  ServersState,
} from '../../src-shared/window/console-state.ts';
import { eventKinds } from '../../src-shared/history/event-kinds.ts';
import type { LicenseEvent } from '../../src-shared/license/license-event.ts';
import { present } from '../../src-shared/present.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { ForgottenLicense, ProfileSettings, ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { requestMetadata, type ServerMetadata } from '../authorization/discovery.ts';
import { requestSigningKeys } from '../authorization/signing-keys.ts';
import { ComposedServers } from './composed-servers.ts';
import type { SharedParts } from './compose-services.ts';
import { ServerSettings } from './server-settings.ts';
import { ForgottenServers } from './forgotten-servers.ts';
import type { ConsoleNotices } from '../notifications/console-notices.ts';
import { KeychainWatch } from '../keychain/keychain-watch.ts';
import type { HistoryLog } from '../history/history-log.ts';
import { httpOfProfile } from './http-of-profile.ts';
import { keepMarkEveryMs, LicensedServer } from './licensed-server.ts';
import { type MachineLicense, markerOf } from '../license/machine-license.ts';
import type { ServerProfiles } from './server-profiles.ts';
import type { Http } from '../ports/http.ts';
import { ServerContact } from './server-contact.ts';
import { lossNotice, lossNotices } from './settings-loss.ts';

interface LicensedServersDeps {
  readonly parts: Omit<SharedParts, 'keychainWatch' | 'onUserCode'>;
  readonly notices: ConsoleNotices;
  readonly profiles: ServerProfiles;
  readonly history: HistoryLog;
  readonly machine: MachineLicense;
  readonly about: ConsoleState['about'];
  /** An event of a profile's license. */
  readonly onEvent: (profileId: string, event: LicenseEvent) => void;
}

/** What the window does while it is open. */
export interface ServersWindow {
  /** Shows another server, or none. */
  showProfile(profile: ServerProfile | null): void;
  /** The shown server was licensed. */
  finishAcquisition(): void;
}

/** All servers in the settings, licensed already or not. The console keeps their licenses fresh. One of them is shown. */
export class LicensedServers {
  readonly #deps: LicensedServersDeps;
  readonly #servers: ComposedServers;
  readonly #contact: ServerContact;
  readonly #forgotten: ForgottenServers;
  readonly #keychainWatch: KeychainWatch;
  readonly settings: ServerSettings;
  /** Null while no window is open. */
  window: ServersWindow | null = null;
  /** Called when the network, or a server that could not be reached, is back. */
  onConnectionBack: () => void = () => {};
  /** `isShown`: the code is for the server that the window shows. */
  onUserCode: (userCode: string, isShown: boolean) => void = () => {};
  /** Called when a server is forgotten. Deletes what other parts store about it; false if something is left. */
  onForgotten: (profileId: string) => boolean = () => true;

  constructor(deps: LicensedServersDeps) {
    this.#deps = deps;
    const { timer, random } = deps.parts;
    this.#keychainWatch = new KeychainWatch(deps.parts);
    this.#servers = new ComposedServers((profile) => this.#compose(profile), timer);
    this.#contact = new ServerContact({ timer, random, servers: () => this.all });
    const { profiles, history, parts } = deps;
    this.#forgotten = new ForgottenServers({
      profiles,
      history,
      documents: parts.documents,
      secrets: parts.secrets,
      onForgotten: (profileId) => this.onForgotten(profileId),
    });
    this.settings = new ServerSettings({
      http: parts.http,
      profiles,
      of: (id) => this.of(id),
      add: (saved, metadata) => this.#add(saved, metadata),
      onSaved: () => void this.exchangeMarkers(),
      onEvent: deps.onEvent,
    });
    deps.parts.trustedTime.onMoved = () => {
      for (const { refresh } of this.#servers.soFar) refresh.plan();
      deps.parts.onChanged();
    };
  }

  get all(): readonly LicensedServer[] {
    return this.#deps.profiles.all.flatMap(({ id }) => this.of(id) ?? []);
  }

  /** The server that the window shows. Null if there is none. */
  get shown(): LicensedServer | null {
    const { current } = this.#deps.profiles;
    return current && this.of(current.id);
  }

  /** Call when a User Code was copied to the clipboard. */
  noteCopied(userCode: string): void {
    for (const { acquisition } of this.#servers.soFar) acquisition.noteCopied(userCode);
  }

  of(profileId: string): LicensedServer | null {
    return this.#servers.of(profileId);
  }

  /** The license that another account of this computer holds for the shown server. */
  get licensedElsewhere(): LicensedElsewhere | null {
    return this.#machineView.licensedElsewhere;
  }

  get #machineView() {
    const { machine, profiles } = this.#deps;
    return machine.view(profiles.current, this.shown?.license.view() != null);
  }

  /**
   * Is there a reason to run without a window: a license to refresh, a User Code that somebody may be entering now, or lost settings, which
   * people are notified of?
   */
  get hasWork(): boolean {
    const isAtWork = this.all.some(
      ({ license, acquisition }) => license.view() !== null || isWaiting(acquisition.view().state),
    );
    return isAtWork || this.#deps.profiles.loss !== null;
  }

  /** Restores what the first paint needs from disk, without network and keychain. `preset` becomes the first profile if there is none. */
  restore(preset: ProfileSettings | null): void {
    const { profiles } = this.#deps;
    const { unreadable, ...file } = profiles.restore();
    if (preset && !profiles.current) profiles.savePreset(preset);
    const { loss } = profiles;
    const { keptAs } = loss ?? {};
    if (loss) this.#deps.notices.note(lossNotice(loss.part), unreadable ? file : present({ keptAs }));
    else if (unreadable) this.#deps.notices.note('settings_unreadable', file);
    this.#servers.begin(profiles.all, profiles.current);
    this.#show(profiles.current);
  }

  /** To be called after the first paint. Reconciles the records with the keychain, and plans the next refreshes. */
  async begin(): Promise<void> {
    const rest = this.#servers.composeRest();
    // A license that is due waits for no other server.
    const first = rest && this.shown;
    const begun = first?.begin();
    if (rest && !(await rest)) return;
    void this.exchangeMarkers();
    void this.finishForgetting();
    const others = this.all.filter((server) => server !== first);
    // In parallel, so that no profile waits for another one's server.
    await Promise.all([begun, ...others.map((server) => server.begin())]);
    void this.exchangeMarkers();
  }

  /** Call when the computer wakes up. */
  resume(): void {
    this.#deps.parts.trustedTime.startOver();
    this.online();
    this.#deps.parts.onChanged();
  }

  /** Call when the network comes back. */
  online(): void {
    this.onConnectionBack();
    this.#contact.networkIsBack();
  }

  /** Call when the window gets the focus. Contacts the shown server if it was offline, or to get the time if the clock is in doubt. */
  lookedAt(): void {
    const { clock } = this.#deps.parts.trustedTime.evaluate();
    const inDoubt = clock.state === 'wrong' || clock.doubt !== undefined;
    const { shown } = this;
    if (shown?.connection.state === 'offline' || (shown && inDoubt)) void shown.license.contactServer();
  }

  /**
   * Checks that usable keys are at that address, on the route that the requests of this server take. Does not keep them. Failures: those of
   * {@link requestSigningKeys}. An aborted `signal` ends the request.
   */
  async checkKeys(profileId: string, jwksUri: string, signal?: AbortSignal): Promise<Result<null>> {
    const http = httpOfProfile(this.#deps.parts.http, profileId);
    const limited: Http = { send: (request) => http.send({ ...request, ...present({ signal }) }) };
    const keys = await requestSigningKeys(limited, jwksUri);
    return keys.ok ? succeed(null) : keys;
  }

  /** Does this Authorization server answer this computer itself, without a laptop? Keeps nothing. Failures: those of discovery. */
  async tryOwnWay(issuer: string): Promise<Result<null>> {
    const metadata = await requestMetadata(this.#deps.parts.http, issuer);
    return metadata.ok ? succeed(null) : metadata;
  }

  /** Records the change of a setting of the whole console in every server's history. */
  noteSetting(name: string): void {
    for (const { profileId } of this.all) this.#deps.onEvent(profileId, { kind: 'settings_changed', settings: [name] });
  }

  /**
   * Deletes everything that is stored about a server: settings, license record, keychain entries, history, and what people were notified
   * of. A license that is held is removed first, or its authorization stays open at the Authorization server, as `license` says. If the
   * keychain fails, everything stays as it was. Failures: `server_unknown`, `server_holds_license` if `license` is `none`, those of
   * {@link LicensedServer.remove}, `settings_not_written`, and the `secret_store_*` codes.
   */
  async forgetProfile(id: string, license: ForgottenLicense): Promise<Result<null>> {
    const server = this.of(id);
    if (!server) return fail('server_unknown');
    if (license === 'remove' && server.license.record) {
      const removed = await server.remove(false);
      if (!removed.ok) return removed;
    }
    return server.forget(
      async () => {
        const held = server.license.record !== null;
        if (held && license !== 'leave_open')
          return fail('server_holds_license', { facts: { server: server.profile.serverName } });
        this.#keepMarkElsewhere(server);
        return this.#forgotten.begin(id, held);
      },
      () => this.#drop(id),
    );
  }

  /** Call when a person has dismissed a notice. People are no longer notified of the loss that it was about. */
  dismissNotice(id: Notice['id']): void {
    if (lossNotices.has(id)) this.#deps.profiles.acceptLoss();
    this.#deps.notices.dismiss(id);
  }

  /** Deletes what is left of servers that were forgotten when an earlier run ended. */
  finishForgetting(): Promise<void> {
    return this.#forgotten.finish();
  }

  #drop(id: string): void {
    const wasShown = this.shown?.profileId === id;
    this.#servers.delete(id);
    this.#forgotten.end(id);
    if (wasShown) this.#show(this.#deps.profiles.current);
    else this.#deps.parts.onChanged();
    void this.exchangeMarkers();
  }

  /** Shows another server. Failures: `profile_incomplete`, `settings_not_written`. */
  chooseProfile(id: string): Result<null> {
    const chosen = this.#deps.profiles.choose(id);
    if (!chosen.ok) return chosen;
    this.#show(chosen.value);
    return succeed(null);
  }

  state(pane: PaneView, background: BackgroundView): ServersState {
    const { shown } = this;
    return {
      profile: this.#deps.profiles.current,
      servers: this.#deps.profiles.all.map((profile) => {
        // Until all are composed, shortly after the first paint, only the shown one is known to be licensed.
        const server = this.#servers.ifComposed(profile.id);
        const licensed = server?.license.view() != null;
        return server?.newLicenseWaits ? { ...profile, licensed, newLicenseWaits: true } : { ...profile, licensed };
      }),
      isSandbox: shown?.knownServer.isSandbox ?? false,
      license: shown?.license.view() ?? null,
      acquisition: shown?.acquisition.view() ?? { state: 'idle' },
      refresh: shown?.refresh.view() ?? { refreshing: false },
      check: shown?.checker.view() ?? null,
      clock: this.#deps.parts.trustedTime.evaluate().clock,
      connection: shown?.connection ?? { state: 'unknown' },
      keychain: shown?.license.keychainTrouble ?? null,
      removal: shown?.removal ?? { state: 'idle' },
      removalEnds: shown?.license.removalEnds ?? 'ended',
      notices: this.#deps.notices.all,
      historyRevision: this.#deps.history.revision,
      ...this.#machineView,
      pane,
      background,
      about: this.#deps.about,
    };
  }

  /** The state of every server, shown or not; at the start, of those that are composed so far. */
  standing(): ConsoleStanding {
    const { clock } = this.#deps.parts.trustedTime.evaluate();
    return { servers: this.#servers.soFar.map((server) => server.standing()), clock };
  }

  /** Writes this account's license marker for the computer's other accounts, or reads their markers. */
  exchangeMarkers(): Promise<void> {
    const marked = this.all.flatMap(({ profile, license }) => markerOf(profile, license.view()));
    return this.#deps.machine.update(marked);
  }

  /** Stops everything that is planned. Resolves when no license is being changed and this account's marker is written. */
  async close(): Promise<void> {
    this.#servers.end();
    this.#contact.stop();
    for (const server of this.#servers.soFar) server.stop();
    for (const { license } of this.#servers.soFar) license.keepMark(0);
    await Promise.all(this.#servers.soFar.map((server) => server.settle()));
    await this.#deps.machine.settled();
  }

  async #add(kept: Result<ServerProfile>, metadata: ServerMetadata | null): Promise<Result<null>> {
    if (!kept.ok) return kept;
    if (!this.#deps.profiles.loss) for (const id of lossNotices) this.#deps.notices.dismiss(id);
    await this.#servers.add(kept.value).start(metadata);
    void this.exchangeMarkers();
    return succeed(null);
  }

  #compose(profile: ServerProfile): LicensedServer {
    const { parts, notices, onEvent } = this.#deps;
    const server: LicensedServer = new LicensedServer(profile, {
      parts: {
        ...parts,
        keychainWatch: this.#keychainWatch,
        onUserCode: (userCode) => this.onUserCode(userCode, this.shown === server),
      },
      notices,
      isNameTaken: (serverName) => this.settings.isNameTaken(profile.id, serverName),
      keepName: (serverName) => this.settings.keepName(profile.id, serverName),
      keepMarkElsewhere: () => this.#keepMarkElsewhere(server),
      onConnectionBack: () => this.onConnectionBack(),
      onSettings: () => (this.shown === server ? this.#show(server.profile) : parts.onChanged()),
      // A license for a server that is not shown must not close the pane of the shown one.
      onLicensed: () => this.shown === server && this.window?.finishAcquisition(),
      onEvent: (event) => {
        if (eventKinds[event.kind].license !== null) void this.exchangeMarkers();
        onEvent(profile.id, event);
      },
    });
    server.restore();
    return server;
  }

  /** Keeps the mark of trusted time in the record of one other server. */
  #keepMarkElsewhere(server: LicensedServer): void {
    this.#servers.soFar.some((other) => other !== server && other.license.keepMark(keepMarkEveryMs));
  }

  #show(profile: ServerProfile | null): void {
    this.window?.showProfile(profile);
    this.#deps.parts.onChanged();
  }
}

/** Somebody may be entering the User Code now, or has to answer a question. */
function isWaiting(state: AcquisitionState['state']): boolean {
  return state === 'awaiting_authorization' || state === 'confirming_server';
}
