import type { ConsoleState, LicensedElsewhere, LicenseView } from '../../src-shared/window/console-state.ts';
import { sameServerName } from '../../src-shared/servers/server-name.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { Turns } from '../../src-shared/turns.ts';
import { sameIssuer } from '../authorization/issuer-address.ts';
import type { LicenseMarker, LicenseMarkers, MarkedServer, OtherMarkers } from './license-marker.ts';

/**
 * Finds another account of this computer that holds a license: one for the same server if there is one, otherwise any. Null if
 * no other account reports a license.
 */
function findElsewhere(markers: readonly LicenseMarker[], profile: ServerProfile | null): LicensedElsewhere | null {
  const held = markers.flatMap(({ osUser, servers }) => servers.map((server) => ({ osUser, server })));
  const found = held.find(({ server }) => profile !== null && isSameServer(server, profile)) ?? held[0];
  return found ? { osUser: found.osUser, serverName: found.server.serverName } : null;
}

function isSameServer(server: MarkedServer, profile: ServerProfile): boolean {
  return sameServerName(server.serverName, profile.serverName) && sameIssuer(server.issuer, profile.issuer);
}

/** The marker entries of one server for the other accounts. Empty if the server holds no license. */
export function markerOf(profile: ServerProfile, license: LicenseView | null): readonly MarkedServer[] {
  if (!license) return [];
  const { id, issuer, serverName, edition } = profile;
  return [{ issuer, serverId: license.details.serverId, serverName, edition, profileId: id }];
}

const noOthers: OtherMarkers = { markers: [], isUnread: false };

/** Exchanges markers between this computer's accounts about the licenses they hold, so that nobody licenses a server twice. */
export class MachineLicense {
  readonly #markers: LicenseMarkers | null;
  readonly #onChanged: () => void;
  readonly #onUnread: (isUnread: boolean) => void;
  #isUnread = false;
  #others: readonly LicenseMarker[] = [];
  #lastWritten: string | null = null;
  #written: boolean | null = null;
  readonly #writes = new Turns();
  readonly #updates = new Turns();

  /** `markers` is null if the accounts share no folder. `onUnread` is called when the other markers become unreadable or readable. */
  constructor(markers: LicenseMarkers | null, onChanged: () => void, onUnread: (isUnread: boolean) => void = () => {}) {
    this.#markers = markers;
    this.#onChanged = onChanged;
    this.#onUnread = onUnread;
  }

  /** Was this account's marker written? Null if there has been nothing to write yet. */
  get written(): boolean | null {
    return this.#written;
  }

  elsewhere(profile: ServerProfile | null): LicensedElsewhere | null {
    return findElsewhere(this.#others, profile);
  }

  /** The values for the screen. `licensed`: this account holds a license for the profile on the screen. */
  view(profile: ServerProfile | null, licensed: boolean): Pick<ConsoleState, 'licensedElsewhere' | 'markerWritten'> {
    return { licensedElsewhere: licensed ? null : this.elsewhere(profile), markerWritten: this.#written };
  }

  /** Writes the marker of what this account holds now. If it holds nothing, reads the markers of the other accounts. */
  update(held: readonly MarkedServer[]): Promise<void> {
    // One at a time, so that the last update is the one that stays.
    const writing = this.#writes.run(() => this.#write(held));
    return this.#updates.run(async () => {
      await writing;
      if (!this.#markers) return;
      // An account that holds a license does not need the others' markers.
      const { markers, isUnread } = held.length > 0 ? noOthers : await this.#markers.readOthers();
      this.#others = markers;
      if (isUnread !== this.#isUnread) this.#onUnread(isUnread);
      this.#isUnread = isUnread;
      this.#onChanged();
    });
  }

  /** Resolves when the last marker has been written, or could not be. Does not wait for reading the other markers. */
  settled(): Promise<void> {
    return this.#writes.run(async () => {});
  }

  async #write(held: readonly MarkedServer[]): Promise<void> {
    if (!this.#markers) return;
    const marker = JSON.stringify(held);
    if (marker === this.#lastWritten) return;
    const kept = await this.#markers.keepOwn(held);
    this.#lastWritten = kept ? marker : null;
    // A missing folder does not matter as long as there has been nothing to write.
    this.#written = held.length > 0 || this.#written !== null ? kept : null;
  }
}
