import type { UnreadFile } from '../../src-shared/window/console-state.ts';
import { present } from '../../src-shared/present.ts';
import type { LocalApiSettings } from '../../src-shared/registers/local-api-view.ts';
import type { QuietHours } from '../../src-shared/notifications/quiet-hours.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import {
  type ProfileSettings,
  profileSettingsSchema,
  type ServerProfile,
} from '../../src-shared/servers/server-profile.ts';
import { sameServerName } from '../../src-shared/servers/server-name.ts';
import { sameIssuer } from '../authorization/issuer-address.ts';
import type { Theme } from '../../src-shared/window/theme.ts';
import { type DocumentStore, unreadFileOf } from '../ports/document-store.ts';
import {
  emptySettings,
  type PaneSettings,
  type ReadSettings,
  readSettings,
  type Settings,
  type SettingsLoss,
  type WindowSettings,
} from './kept-settings.ts';

export type { PaneSettings, WindowSettings } from './kept-settings.ts';

const documentName = 'settings';
/** A copy of the settings, made when a server profile is saved. Without it an unreadable file would leave licenses unrefreshed. */
const copyName = 'settings.copy';

/** Everything that a person has set: the server profiles and the console's other settings. Nothing in it is secret. */
export class ServerProfiles {
  readonly #documents: DocumentStore;
  readonly #newId: () => string;
  #settings: Settings = emptySettings();
  /** The profiles of settings, made once: they are asked for all the time. */
  #listed: { readonly of: Settings['profiles']; readonly all: readonly ServerProfile[] } | null = null;
  #nextId: string | null = null;

  constructor(documents: DocumentStore, newId: () => string) {
    this.#documents = documents;
    this.#newId = newId;
  }

  /**
   * Loads the saved settings. A file that is empty, cut off, of wrong types or of an unknown version is set aside and reported. The
   * console still starts, with the servers of the last good copy. An invalid server profile does not affect the others. Servers without
   * a good copy are a {@link loss}.
   */
  restore(): UnreadFile & { readonly unreadable: boolean } {
    const stored = this.#documents.read(documentName);
    const read = stored.state === 'present' ? readSettings(stored.document) : null;
    if (read && read.spoiled.length === 0) {
      const late = this.#lateCopyFor(read.settings);
      this.#settings = withoutForgotten(late ?? read.settings);
      if (late) this.#write(this.#settings);
      return { unreadable: false };
    }
    const file = unreadFileOf(stored, () => this.#documents.setAside(documentName));
    const copy = this.#documents.read(copyName);
    if (stored.state === 'absent' && copy.state === 'absent') return { unreadable: false };
    const good = copy.state === 'present' ? readSettings(copy.document) : null;
    const { settings, part } = repaired(read, good);
    const lost =
      part && present({ part, keptAs: file.keptAs ?? (copy.state === 'unreadable' ? copy.keptAs : undefined) });
    this.#settings = withoutForgotten({ ...settings, lost: lost ?? settings.lost });
    if (stored.state === 'absent' && !this.loss && this.all.length === 0) return { unreadable: false };
    // Write the restored settings now, or the next start would find no file. A file that could not be set aside stays unchanged.
    if (file.keptAs || stored.state === 'absent') this.#write(this.#settings);
    return { unreadable: true, ...file };
  }

  /** The good copy, if an earlier start could not read it and therefore knew no server. Another program may have held it then. */
  #lateCopyFor({ lost, profiles }: Settings): Settings | null {
    if (lost?.part !== 'all' || Object.keys(profiles).length > 0) return null;
    const copy = this.#documents.read(copyName);
    const { settings, part } = repaired(null, copy.state === 'present' ? readSettings(copy.document) : null);
    const knows = Object.keys(settings.profiles).length > 0;
    return knows ? { ...settings, lost: part && { ...lost, part } } : null;
  }

  /**
   * What was lost of earlier settings that could not be read. Null if nothing. If all was lost, it ends when a person saves a server; if
   * some was, only when a person knows.
   */
  get loss(): SettingsLoss | null {
    return this.#settings.lost ?? null;
  }

  /** Call when a person knows about the {@link loss}. If that cannot be saved, the next start reports it again. */
  acceptLoss(): void {
    this.#follow({ ...this.#settings, lost: undefined });
  }

  /** The chosen profile, or the first one if the choice is lost. Null if there are no profiles. */
  get current(): ServerProfile | null {
    return this.all.find(({ id }) => id === this.#settings.currentProfileId) ?? this.all[0] ?? null;
  }

  get all(): readonly ServerProfile[] {
    const { profiles } = this.#settings;
    if (this.#listed?.of !== profiles)
      this.#listed = { of: profiles, all: Object.entries(profiles).map(([id, settings]) => ({ id, ...settings })) };
    return this.#listed.all;
  }

  /** Another profile at the same Authorization server whose name means the same to people. */
  namesakeOf(
    id: string,
    { serverName, issuer }: Pick<ProfileSettings, 'serverName' | 'issuer'>,
  ): ServerProfile | undefined {
    return this.all.find(
      (other) => other.id !== id && sameServerName(other.serverName, serverName) && sameIssuer(other.issuer, issuer),
    );
  }

  get pane(): PaneSettings {
    return this.#settings.pane;
  }

  get quietHours(): QuietHours {
    return this.#settings.notifications.quietHours;
  }

  /** The zoom of the console's own page. */
  get pageZoomPercent(): number {
    return this.#settings.pageZoomPercent;
  }

  savePageZoom(pageZoomPercent: number): void {
    this.#write({ ...this.#settings, pageZoomPercent });
  }

  get theme(): Theme {
    return this.#settings.theme ?? 'system';
  }

  /** Failure: `settings_not_written`. */
  saveTheme(theme: Theme): Result<null> {
    return this.#write({ ...this.#settings, theme });
  }

  /** The name of the installer on the handover sheet; empty before one was typed. */
  get installedBy(): string {
    return this.#settings.installedBy ?? '';
  }

  /** Failure: `settings_not_written`. */
  saveInstalledBy(installedBy: string): Result<null> {
    return this.#write({ ...this.#settings, installedBy });
  }

  get window(): WindowSettings | null {
    return this.#settings.window ?? null;
  }

  /**
   * Changes the current profile, or creates the first one. Failures: `profile_incomplete`, `settings_not_written`, and
   * `server_name_taken` if another profile has this name at the same Authorization server.
   */
  saveCurrent(settings: ProfileSettings): Result<ServerProfile> {
    const id = this.current?.id ?? this.nextId;
    return this.#save(id, settings, id);
  }

  /** As {@link saveCurrent}, for settings that no person has entered now: what was lost before is still lost. */
  savePreset(settings: ProfileSettings): Result<ServerProfile> {
    const { lost } = this.#settings;
    if (lost) this.#settings = { ...this.#settings, lost: { ...lost, part: 'some' } };
    return this.saveCurrent(settings);
  }

  /**
   * Changes the profile with that ID. The current profile stays current. Failures: as {@link saveCurrent}, and `server_unknown` if no
   * profile has that ID: it may have been forgotten meanwhile.
   */
  save(id: string, settings: ProfileSettings): Result<ServerProfile> {
    if (!Object.hasOwn(this.#settings.profiles, id)) return fail('server_unknown');
    return this.#save(id, settings, this.current?.id ?? id);
  }

  /** The ID that the next new profile gets. A laptop can be paired with it before the profile exists. */
  get nextId(): string {
    return (this.#nextId ??= this.#unusedId());
  }

  /** Adds a profile and makes it the current one. Failures: as {@link saveCurrent}. */
  add(settings: ProfileSettings): Result<ServerProfile> {
    const id = this.nextId;
    return this.#save(id, settings, id);
  }

  /** The profiles that a person has forgotten, and whose data may still be stored. */
  get forgetting(): readonly string[] {
    return this.#settings.forgetting ?? [];
  }

  /**
   * Records that the profile is being forgotten: the next start no longer knows it. Until {@link endForgetting} this run still does.
   * Failure: `settings_not_written`.
   */
  beginForgetting(id: string): Result<null> {
    return this.#writeWithCopy({ ...this.#settings, forgetting: [...this.forgetting, id] });
  }

  /** The profile is not forgotten after all. */
  undoForgetting(id: string): void {
    this.#follow({ ...this.#settings, forgetting: this.#forgettingWithout(id) });
  }

  /** Drops the profile. `isDone`: none of its data is stored any longer; otherwise the next start deletes the rest. */
  endForgetting(id: string, isDone: boolean): void {
    const { [id]: _, ...profiles } = this.#settings.profiles;
    const forgetting = isDone ? this.#forgettingWithout(id) : this.#settings.forgetting;
    this.#follow({ ...this.#settings, profiles, forgetting });
  }

  /** Failures: `profile_incomplete` if no profile has that ID, `settings_not_written`. */
  choose(id: string): Result<ServerProfile> {
    const chosen = this.all.find((profile) => profile.id === id);
    if (!chosen) return fail('profile_incomplete');
    const written = this.#write({ ...this.#settings, currentProfileId: id });
    return written.ok ? succeed(chosen) : written;
  }

  /** Does the console keep running when its window is closed? Undefined until the person has been asked. */
  get keepsRunning(): boolean | undefined {
    return this.#settings.keepsRunning;
  }

  /** Failure: `settings_not_written`. */
  saveKeepsRunning(on: boolean): Result<null> {
    return this.#write({ ...this.#settings, keepsRunning: on });
  }

  get localApi(): LocalApiSettings {
    return this.#settings.localApi;
  }

  /** Failure: `settings_not_written`. */
  saveLocalApi(localApi: LocalApiSettings): Result<null> {
    return this.#write({ ...this.#settings, localApi });
  }

  savePane(change: Partial<PaneSettings>): void {
    this.#write({ ...this.#settings, pane: { ...this.#settings.pane, ...change } });
  }

  /** Failure: `settings_not_written`. */
  saveQuietHours(quietHours: QuietHours): Result<null> {
    return this.#write({ ...this.#settings, notifications: { quietHours } });
  }

  saveWindow(window: WindowSettings): void {
    this.#write({ ...this.#settings, window });
  }

  #save(id: string, settings: ProfileSettings, currentProfileId: string): Result<ServerProfile> {
    const parsed = profileSettingsSchema.safeParse(settings);
    if (!parsed.success) return fail('profile_incomplete');
    const before = this.#settings.profiles[id];
    // Two profiles of one name that an earlier version stored may stay; only a change of name or address is checked.
    const isSame = before?.serverName === parsed.data.serverName && sameIssuer(before.issuer, parsed.data.issuer);
    const namesake = isSame ? undefined : this.namesakeOf(id, parsed.data);
    if (namesake) return fail('server_name_taken', { facts: { server: namesake.serverName } });
    const profiles = { ...this.#settings.profiles, [id]: parsed.data };
    const isReplaced = !before && this.loss?.part === 'all';
    const lost = isReplaced ? undefined : this.#settings.lost;
    const written = this.#writeWithCopy({ ...this.#settings, currentProfileId, profiles, lost });
    if (!written.ok) return written;
    if (id === this.#nextId) this.#nextId = null;
    return succeed({ id, ...parsed.data });
  }

  /** The id of a forgotten profile would lead to data that may still be stored. */
  #unusedId(): string {
    const made = this.#newId();
    let id = made;
    const isUsed = () => Object.hasOwn(this.#settings.profiles, id) || this.forgetting.includes(id);
    for (let count = 2; isUsed(); count += 1) id = `${made}-${count}`;
    return id;
  }

  #forgettingWithout(id: string): string[] | undefined {
    const others = this.forgetting.filter((other) => other !== id);
    return others.length > 0 ? others : undefined;
  }

  /** Settings that cannot be written now still apply, and are written with the next change. */
  #follow(settings: Settings): void {
    this.#writeWithCopy(settings);
    this.#settings = settings;
  }

  #writeWithCopy(settings: Settings): Result<null> {
    const written = this.#write(settings);
    if (written.ok) this.#documents.write(copyName, settings);
    return written;
  }

  #write(settings: Settings): Result<null> {
    const written = this.#documents.write(documentName, settings);
    if (written.ok) this.#settings = settings;
    return written;
  }
}

function withoutForgotten(settings: Settings): Settings {
  const known = Object.entries(settings.profiles).filter(([id]) => !settings.forgetting?.includes(id));
  return { ...settings, profiles: Object.fromEntries(known) };
}

/** The readable settings, with the profiles of the good copy in place of invalid ones. `part`: what has no good copy. */
function repaired(
  read: ReadSettings | null,
  good: ReadSettings | null,
): { readonly settings: Settings; readonly part?: SettingsLoss['part'] } {
  const readable = read ?? good;
  if (!readable) return { settings: emptySettings(), part: 'all' };
  const copied = readable === good ? {} : (good?.settings.profiles ?? {});
  const fromCopy = Object.entries(copied).filter(([id]) => readable.spoiled.includes(id));
  const profiles = { ...readable.settings.profiles, ...Object.fromEntries(fromCopy) };
  const settings = { ...readable.settings, profiles };
  if (fromCopy.length === readable.spoiled.length) return { settings };
  return { settings, part: Object.keys(settings.profiles).length > 0 ? 'some' : 'all' };
}
