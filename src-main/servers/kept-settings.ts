import { z } from 'zod/mini';
import { longestInstaller } from '../../src-shared/servers/installer-name.ts';
import { type LocalApiSettings, localApiSettingsSchema } from '../../src-shared/registers/local-api-view.ts';
import { type QuietHours, quietHoursSchema } from '../../src-shared/notifications/quiet-hours.ts';
import { isPlainProfile, profileSettingsSchema } from '../../src-shared/servers/server-profile.ts';
import { themes } from '../../src-shared/window/theme.ts';

/** The position and size limits within which a window can be opened. */
const place = z.number().check(z.gte(-100_000), z.lte(100_000));
const size = z.number().check(z.gte(1), z.lte(100_000));
const idPattern = /^[a-z0-9-]{1,64}$/;
const profileId = z.string().check(z.regex(idPattern));
const noQuietHours: QuietHours = { on: false, from: '22:00', to: '07:00' };
const noLocalApi: LocalApiSettings = { on: false, tcpPort: null, expiredPeers: 'refuse' };
const zoomPercent = z.catch(z.number().check(z.gte(50), z.lte(300)), 100);
const settingsSchema = z.object({
  version: z.literal(1),
  currentProfileId: z.catch(z.optional(profileId), undefined),
  profiles: z.record(profileId, profileSettingsSchema),
  /** The profiles that a person has forgotten. Their data is being deleted, by the next start if this run ends first. */
  forgetting: z.catch(z.optional(z.array(profileId)), undefined),
  pane: z.catch(
    z.object({
      splitPercent: z.catch(z.number().check(z.gte(10), z.lte(90)), 45),
      zoomPercent,
      signOutWhenFinished: z.catch(z.boolean(), false),
    }),
    { splitPercent: 45, zoomPercent: 100, signOutWhenFinished: false },
  ),
  pageZoomPercent: zoomPercent,
  /** The name of the installer on the handover sheet. */
  installedBy: z.catch(z.optional(z.string().check(z.maxLength(longestInstaller))), undefined),
  theme: z.catch(z.optional(z.enum(themes)), undefined),
  keepsRunning: z.catch(z.optional(z.boolean()), undefined),
  notifications: z.catch(z.object({ quietHours: quietHoursSchema }), { quietHours: noQuietHours }),
  localApi: z.catch(localApiSettingsSchema, noLocalApi),
  window: z.catch(
    z.optional(z.object({ x: place, y: place, width: size, height: size, maximized: z.boolean() })),
    undefined,
  ),
  /** What was lost of earlier settings that could not be read. Absent once a person knows. */
  lost: z.catch(z.optional(z.object({ part: z.enum(['all', 'some']), keptAs: z.optional(z.string()) })), undefined),
});
/** Accepts profiles of any shape, so that each one can be checked separately. */
const looseSchema = z.extend(settingsSchema, { profiles: z.record(z.string(), z.unknown()) });

export type Settings = z.infer<typeof settingsSchema>;
export type PaneSettings = Settings['pane'];
/**
 * `all`: the console no longer knows any server. `some`: only some were lost, the others are still known. `keptAs` is the name under which
 * the unreadable file was set aside.
 */
export type SettingsLoss = NonNullable<Settings['lost']>;
export type WindowSettings = NonNullable<Settings['window']>;

export function emptySettings(): Settings {
  return {
    version: 1,
    profiles: {},
    pane: { splitPercent: 45, zoomPercent: 100, signOutWhenFinished: false },
    pageZoomPercent: 100,
    installedBy: undefined,
    theme: undefined,
    keepsRunning: undefined,
    notifications: { quietHours: noQuietHours },
    localApi: noLocalApi,
    window: undefined,
    lost: undefined,
  };
}

/** The usable settings, and the IDs of the profiles that are not usable. */
export interface ReadSettings {
  readonly settings: Settings;
  readonly spoiled: readonly string[];
}

/** Reads saved settings. Null if the document holds no settings of this version. An invalid profile is left out, the others stay. */
export function readSettings(document: unknown): ReadSettings | null {
  const loose = looseSchema.safeParse(document);
  if (!loose.success) return null;
  const profiles: Settings['profiles'] = {};
  const spoiled: string[] = [];
  for (const [id, candidate] of Object.entries(loose.data.profiles)) {
    const good = isPlainProfile(candidate) ? candidate : profileSettingsSchema.safeParse(candidate).data;
    if (good && idPattern.test(id)) profiles[id] = good;
    else spoiled.push(id);
  }
  return { settings: { ...loose.data, profiles }, spoiled };
}
