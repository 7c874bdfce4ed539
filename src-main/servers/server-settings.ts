import { shownAddress } from '../../src-shared/servers/authorization-server-address.ts';
import type { LicenseEvent } from '../../src-shared/license/license-event.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { ProfileSettings, ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { requestMetadata, type ServerMetadata } from '../authorization/discovery.ts';
import { parseIssuerAddress, sameIssuer } from '../authorization/issuer-address.ts';
import type { Http } from '../ports/http.ts';
import type { LicensedServer } from './licensed-server.ts';
import type { ServerProfiles } from './server-profiles.ts';

export interface ServerSettingsDeps {
  readonly http: Http;
  readonly profiles: ServerProfiles;
  readonly of: (profileId: string) => LicensedServer | null;
  /** Lets a server work with what was saved. `metadata`: what its Authorization server has just answered, if it was asked. */
  readonly use: (saved: Result<ServerProfile>, metadata: ServerMetadata | null) => Promise<Result<null>>;
  readonly onRenamed: () => void;
  readonly onEvent: (profileId: string, event: LicenseEvent) => void;
}

/** How the settings of servers are changed: what is checked first, what is saved, and what the history says of it. */
export class ServerSettings {
  readonly #deps: ServerSettingsDeps;

  constructor(deps: ServerSettingsDeps) {
    this.#deps = deps;
  }

  /** Asks an Authorization server which issuer it is, without keeping it. Failures: those of discovery. */
  async checkIssuer(issuer: string): Promise<Result<{ issuer: string }>> {
    const metadata = await this.#metadataOf(issuer);
    return metadata.ok ? succeed({ issuer: metadata.value.issuer }) : metadata;
  }

  /**
   * Checks the settings' Authorization server by discovery and saves the settings: to the profile with that ID, else to the shown
   * profile, else to a new one. Failures: those of discovery, `profile_in_use` if the current license belongs to another server or
   * client, `question_open`, `server_name_taken`, `server_unknown` if no profile has that ID, `settings_not_written`, and the
   * `secret_store_*` codes if tokens still wait for the keychain.
   */
  async save(settings: ProfileSettings, id = this.#deps.profiles.current?.id): Promise<Result<null>> {
    const { profiles } = this.#deps;
    const checked = await this.#metadataOf(settings.issuer);
    if (!checked.ok) return checked;
    const before = profiles.all.find((profile) => profile.id === id) ?? null;
    if (id !== undefined && !before) return fail('server_unknown');
    const server = before && this.#deps.of(before.id);
    const { issuer } = checked.value;
    const leavesServer =
      before !== null && (!sameIssuer(before.issuer, issuer) || before.clientId !== settings.clientId);
    if (server?.newLicenseWaits && (leavesServer || before?.edition !== settings.edition)) return fail('question_open');
    if (leavesServer && server?.license.record) return fail('profile_in_use');
    const settled = await server?.settle();
    if (settled && !settled.ok) return settled;
    const saved = before ? profiles.save(before.id, { ...settings, issuer }) : profiles.add({ ...settings, issuer });
    const changed = saved.ok && before ? changedSettings(before, saved.value) : [];
    if (saved.ok && changed.length > 0)
      this.#deps.onEvent(saved.value.id, { kind: 'settings_changed', settings: changed });
    return this.#deps.use(saved, checked.value);
  }

  /** Checks a new server profile like {@link save}, adds it and shows it. */
  async add(settings: ProfileSettings): Promise<Result<null>> {
    const checked = await this.#metadataOf(settings.issuer);
    if (!checked.ok) return checked;
    return this.#deps.use(this.#deps.profiles.add({ ...settings, issuer: checked.value.issuer }), checked.value);
  }

  /**
   * Adds a server and shows it, without asking its Authorization server, which cannot be reached from here yet. The first contact checks
   * the address. Failures: `issuer_malformed`, `issuer_insecure`, `server_name_taken`, `settings_not_written`.
   */
  async addUnchecked(settings: ProfileSettings): Promise<Result<null>> {
    const address = parseIssuerAddress(settings.issuer);
    if (!address.ok) return address;
    return this.#deps.use(this.#deps.profiles.add({ ...settings, issuer: shownAddress(address.value.href) }), null);
  }

  /**
   * Gives a server another name, without contacting anyone. Failures: `server_unknown`, `profile_incomplete`, `server_name_taken`,
   * `settings_not_written`.
   */
  rename(id: string, serverName: string): Result<null> {
    const server = this.#deps.of(id);
    const before = this.#deps.profiles.all.find((profile) => profile.id === id);
    if (!server || !before) return fail('server_unknown');
    const { id: _, ...settings } = before;
    const saved = this.#deps.profiles.save(id, { ...settings, serverName });
    if (!saved.ok) return saved;
    if (saved.value.serverName === before.serverName) return succeed(null);
    server.rename(saved.value.serverName);
    this.#deps.onEvent(id, { kind: 'settings_changed', settings: ['serverName'] });
    this.#deps.onRenamed();
    return succeed(null);
  }

  /** Does another server at the same Authorization server have this name? */
  isNameTaken(id: string, serverName: string): boolean {
    const { profiles } = this.#deps;
    const issuer = profiles.all.find((profile) => profile.id === id)?.issuer ?? '';
    return profiles.namesakeOf(id, { serverName, issuer }) !== undefined;
  }

  /** Stores the name of the device that was authorized. Failures: `profile_incomplete`, `settings_not_written`. */
  keepName(id: string, serverName: string): Result<null> {
    const { profiles } = this.#deps;
    const stored = profiles.all.find((profile) => profile.id === id);
    if (!stored) return fail('profile_incomplete');
    const { id: _, ...settings } = stored;
    const saved = profiles.save(id, { ...settings, serverName });
    return saved.ok ? succeed(null) : saved;
  }

  #metadataOf(issuer: string): Promise<Result<ServerMetadata>> {
    return requestMetadata(this.#deps.http, issuer);
  }
}

/** The names of the settings that differ, for the history. Values never go into the history. */
function changedSettings(before: ServerProfile, after: ServerProfile): string[] {
  const names = Object.keys({ ...before, ...after }) as (keyof ServerProfile)[];
  return names.filter((name) => before[name] !== after[name]);
}
