import { z } from 'zod/mini';
import { type QuietHours, quietHoursSchema } from '../../src-shared/quiet-hours.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { type ProfileSettings, profileSettingsSchema, type ServerProfile } from '../../src-shared/server-profile.ts';
import type { DocumentStore } from '../ports/document-store.ts';

/** Beyond these no window can be opened. */
const place = z.number().check(z.gte(-100_000), z.lte(100_000));
const size = z.number().check(z.gte(1), z.lte(100_000));
const profileId = z.string().check(z.regex(/^[a-z0-9-]{1,64}$/));
const noQuietHours: QuietHours = { on: false, from: '22:00', to: '07:00' };
const settingsSchema = z.object({
  version: z.literal(1),
  currentProfileId: z.optional(profileId),
  profiles: z.record(profileId, profileSettingsSchema),
  pane: z.catch(
    z.object({
      splitPercent: z.catch(z.number().check(z.gte(10), z.lte(90)), 45),
      zoomPercent: z.catch(z.number().check(z.gte(50), z.lte(300)), 100),
      signOutWhenFinished: z.catch(z.boolean(), false),
    }),
    { splitPercent: 45, zoomPercent: 100, signOutWhenFinished: false },
  ),
  keepsRunning: z.catch(z.optional(z.boolean()), undefined),
  notifications: z.catch(z.object({ quietHours: quietHoursSchema }), { quietHours: noQuietHours }),
  window: z.catch(
    z.optional(z.object({ x: place, y: place, width: size, height: size, maximized: z.boolean() })),
    undefined,
  ),
});
type Settings = z.infer<typeof settingsSchema>;
export type PaneSettings = Settings['pane'];
export type WindowSettings = NonNullable<Settings['window']>;

const documentName = 'settings';
/** The settings as of the last change of a server: without it an unreadable file would leave licenses unrefreshed. */
const copyName = 'settings.copy';

function emptySettings(): Settings {
  return {
    version: 1,
    profiles: {},
    pane: { splitPercent: 45, zoomPercent: 100, signOutWhenFinished: false },
    keepsRunning: undefined,
    notifications: { quietHours: noQuietHours },
    window: undefined,
  };
}

/** The server profiles and the window's habits: what a person has set. Nothing in it is secret. */
export class ServerProfiles {
  readonly #documents: DocumentStore;
  readonly #newId: () => string;
  #settings: Settings = emptySettings();

  constructor(documents: DocumentStore, newId: () => string) {
    this.#documents = documents;
    this.#newId = newId;
  }

  /**
   * Takes up the kept settings. A file that is empty, cut off, of wrong types or of a version that this console does not know
   * is set aside and said; the console starts all the same, with the servers of the last good copy.
   */
  restore(): { readonly unreadable: boolean; readonly keptAs?: string } {
    const stored = this.#documents.read(documentName);
    if (stored.state === 'absent') return { unreadable: false };
    const settings = stored.state === 'present' ? parseSettings(stored.document) : null;
    if (settings) {
      this.#settings = settings;
      return { unreadable: false };
    }
    const keptAs = stored.state === 'unreadable' ? stored.keptAs : this.#documents.setAside(documentName);
    const copy = this.#documents.read(copyName);
    this.#settings = (copy.state === 'present' ? parseSettings(copy.document) : null) ?? emptySettings();
    return { unreadable: true, ...(keptAs ? { keptAs } : {}) };
  }

  /** The chosen profile, or the first where the choice is lost; null where there is none. */
  get current(): ServerProfile | null {
    return this.all.find(({ id }) => id === this.#settings.currentProfileId) ?? this.all[0] ?? null;
  }

  get all(): readonly ServerProfile[] {
    return Object.entries(this.#settings.profiles).map(([id, settings]) => ({ id, ...settings }));
  }

  get pane(): PaneSettings {
    return this.#settings.pane;
  }

  get quietHours(): QuietHours {
    return this.#settings.notifications.quietHours;
  }

  get window(): WindowSettings | null {
    return this.#settings.window ?? null;
  }

  /** Changes the current profile, or makes the first one. Failures: `profile_incomplete`, `settings_not_written`. */
  saveCurrent(settings: ProfileSettings): Result<ServerProfile> {
    return this.#save(this.current?.id ?? this.#newId(), settings);
  }

  /** Makes another profile the current one. Failures: as {@link saveCurrent}. */
  add(settings: ProfileSettings): Result<ServerProfile> {
    return this.#save(this.#newId(), settings);
  }

  /** Failures: `profile_incomplete` where there is none of that id, `settings_not_written`. */
  choose(id: string): Result<ServerProfile> {
    const chosen = this.all.find((profile) => profile.id === id);
    if (!chosen) return fail('profile_incomplete');
    const written = this.#write({ ...this.#settings, currentProfileId: id });
    return written.ok ? succeed(chosen) : written;
  }

  /** Does closing the window leave the console running? Undefined until a person was asked. */
  get keepsRunning(): boolean | undefined {
    return this.#settings.keepsRunning;
  }

  /** Failure: `settings_not_written`. */
  saveKeepsRunning(on: boolean): Result<null> {
    return this.#write({ ...this.#settings, keepsRunning: on });
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

  #save(id: string, settings: ProfileSettings): Result<ServerProfile> {
    const parsed = profileSettingsSchema.safeParse(settings);
    if (!parsed.success) return fail('profile_incomplete');
    const profiles = { ...this.#settings.profiles, [id]: parsed.data };
    const written = this.#write({ ...this.#settings, currentProfileId: id, profiles });
    if (!written.ok) return written;
    this.#documents.write(copyName, this.#settings);
    return succeed({ id, ...parsed.data });
  }

  #write(settings: Settings): Result<null> {
    const written = this.#documents.write(documentName, settings);
    if (written.ok) this.#settings = settings;
    return written;
  }
}

function parseSettings(document: unknown): Settings | null {
  const parsed = settingsSchema.safeParse(document);
  return parsed.success ? parsed.data : null;
}
