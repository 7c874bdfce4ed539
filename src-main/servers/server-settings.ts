import { plainIssuer } from '../../src-shared/servers/authorization-server-address.ts';
import type { LicenseEvent } from '../../src-shared/license/license-event.ts';
import type { LicenseDetails } from '../../src-shared/license/license-status.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { ProfileSettings, ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { requestMetadata, type ServerMetadata } from '../authorization/discovery.ts';
import { parseIssuerAddress, sameIssuer } from '../authorization/issuer-address.ts';
import type { Http } from '../ports/http.ts';
import { httpOfProfile } from './http-of-profile.ts';
import type { LicensedServer } from './licensed-server.ts';
import type { ServerProfiles } from './server-profiles.ts';

interface ServerSettingsDeps {
  readonly http: Http;
  readonly profiles: ServerProfiles;
  readonly of: (profileId: string) => LicensedServer | null;
  /** Starts a server that was saved. `metadata`: what its Authorization server has just answered, if it was asked. */
  readonly add: (saved: Result<ServerProfile>, metadata: ServerMetadata | null) => Promise<Result<null>>;
  readonly onSaved: () => void;
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
    const checked = await this.#metadataOf(settings.issuer, id);
    if (!checked.ok) return checked;
    const wanted = { ...settings, issuer: checked.value.issuer };
    if (id === undefined) return this.#deps.add(profiles.add(wanted), checked.value);
    const server = this.#deps.of(id);
    if (!server) return fail('server_unknown');
    // Checked before a User Code ends for settings that cannot be saved, and again when the license can no longer change.
    const leaves = !isSameClient(server.profile, wanted);
    const issued = leaves ? await issuedLicense(server) : null;
    const early = mayTake(server, wanted, issued);
    if (!early.ok) return early;
    // The license that the User Code is for would belong to the previous settings.
    if (leaves) server.acquisition.cancel();
    const changed = await server.change(() => {
      const allowed = mayTake(server, wanted, issued);
      return allowed.ok ? this.#write(server.profile, wanted) : allowed;
    }, checked.value);
    if (changed.ok) this.#deps.onSaved();
    return changed;
  }

  #write(before: ServerProfile, settings: ProfileSettings): Result<ServerProfile> {
    const saved = this.#deps.profiles.save(before.id, settings);
    const changed = saved.ok ? changedSettings(before, saved.value) : [];
    if (changed.length > 0) this.#deps.onEvent(before.id, { kind: 'settings_changed', settings: changed });
    return saved;
  }

  /** Checks a new server profile like {@link save}, adds it and shows it. */
  async add(settings: ProfileSettings): Promise<Result<null>> {
    const checked = await this.#metadataOf(settings.issuer);
    if (!checked.ok) return checked;
    return this.#deps.add(this.#deps.profiles.add({ ...settings, issuer: checked.value.issuer }), checked.value);
  }

  /**
   * Adds a server and shows it, without asking its Authorization server, which cannot be reached from here yet. The first contact checks
   * the address. Failures: `issuer_malformed`, `issuer_insecure`, `server_name_taken`, `settings_not_written`.
   */
  async addUnchecked(settings: ProfileSettings): Promise<Result<null>> {
    const address = parseIssuerAddress(settings.issuer);
    if (!address.ok) return address;
    return this.#deps.add(this.#deps.profiles.add({ ...settings, issuer: plainIssuer(address.value.href) }), null);
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
    this.#deps.onSaved();
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

  #metadataOf(issuer: string, profileId?: string): Promise<Result<ServerMetadata>> {
    const { http } = this.#deps;
    return requestMetadata(profileId === undefined ? http : httpOfProfile(http, profileId), issuer);
  }
}

/**
 * May the server take these settings? A license keeps its Authorization server and its client. If the settings name others, they can only
 * be changed to those again. Failures: `question_open`, `profile_in_use`.
 */
function mayTake(server: LicensedServer, wanted: ProfileSettings, issued: IssuedLicense | null): Result<null> {
  const leaves = !isSameClient(server.profile, wanted);
  if (server.newLicenseWaits && (leaves || server.profile.edition !== wanted.edition)) return fail('question_open');
  const { record } = server.license;
  const returns = issued !== null && issued.details === record?.details && isSameClient(issued, wanted);
  return leaves && !returns && record ? fail('profile_in_use') : succeed(null);
}

type Client = Pick<ServerProfile, 'issuer' | 'clientId'>;

/** A license, and the Authorization server and client that it was issued to, whatever the settings say now. */
interface IssuedLicense extends Client {
  readonly details: LicenseDetails;
}

/** Null without a license, or if its tokens cannot be read. */
async function issuedLicense({ license }: LicensedServer): Promise<IssuedLicense | null> {
  if (!license.record) return null;
  const secrets = await license.exclusively(() => license.readSecrets());
  const details = license.record?.details;
  return details && secrets.ok && secrets.value ? { ...clientOf(secrets.value), details } : null;
}

const clientOf = ({ issuer, clientId }: Client): Client => ({ issuer, clientId });

function isSameClient(one: Client, other: Client): boolean {
  return sameIssuer(one.issuer, other.issuer) && one.clientId === other.clientId;
}

/** The names of the settings that differ, for the history. Values never go into the history. */
function changedSettings(before: ServerProfile, after: ServerProfile): string[] {
  const names = Object.keys({ ...before, ...after }) as (keyof ServerProfile)[];
  return names.filter((name) => before[name] !== after[name]);
}
