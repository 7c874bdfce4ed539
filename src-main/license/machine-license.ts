import type { ConsoleState, LicensedElsewhere, LicenseView } from '../../src-shared/console-state.ts';
import type { LicenseEvent } from '../../src-shared/license-event.ts';
import type { ServerProfile } from '../../src-shared/server-profile.ts';
import { sameIssuer } from '../authorization/issuer-address.ts';
import type { LicenseMarker, LicenseMarkers, MarkedServer, OtherMarkers } from '../ports/license-marker.ts';

/**
 * Whose license this computer has, where this account holds none: that of the same server, or else any. Null where no other
 * account says that it holds one.
 */
export function findElsewhere(
  markers: readonly LicenseMarker[],
  profile: ServerProfile | null,
): LicensedElsewhere | null {
  const held = markers.flatMap(({ osUser, servers }) => servers.map((server) => ({ osUser, server })));
  const found = held.find(({ server }) => profile !== null && isSameServer(server, profile)) ?? held[0];
  return found ? { osUser: found.osUser, serverName: found.server.serverName } : null;
}

function isSameServer(server: MarkedServer, profile: ServerProfile): boolean {
  return (
    server.serverName.toLowerCase() === profile.serverName.toLowerCase() && sameIssuer(server.issuer, profile.issuer)
  );
}

/** After these the computer's other accounts are told anew. */
export const changesHolder: ReadonlySet<LicenseEvent['kind']> = new Set(['acquired', 'refreshed', 'removed']);

/** What the other accounts are told of one server: nothing where it holds no license. */
export function markerOf(profile: ServerProfile, license: LicenseView | null): readonly MarkedServer[] {
  if (!license) return [];
  const { id, issuer, serverName, edition } = profile;
  return [{ issuer, serverId: license.details.serverId, serverName, edition, profileId: id }];
}

const noOthers: OtherMarkers = { markers: [], isUnread: false };

/** What this computer's accounts tell each other about the licenses they hold, so that nobody licenses a server twice. */
export class MachineLicense {
  readonly #markers: LicenseMarkers | null;
  readonly #onChanged: () => void;
  readonly #onUnread: (isUnread: boolean) => void;
  #isUnread = false;
  #others: readonly LicenseMarker[] = [];
  #told: string | null = null;
  #written: boolean | null = null;
  #telling: Promise<void> = Promise.resolve();
  #queue: Promise<void> = Promise.resolve();

  /** `markers` is null where the accounts share no folder. `onUnread` is called when the other markers become unreadable or readable. */
  constructor(markers: LicenseMarkers | null, onChanged: () => void, onUnread: (isUnread: boolean) => void = () => {}) {
    this.#markers = markers;
    this.#onChanged = onChanged;
    this.#onUnread = onUnread;
  }

  /** Could the other accounts be told? Null where nothing had to be told yet. */
  get written(): boolean | null {
    return this.#written;
  }

  elsewhere(profile: ServerProfile | null): LicensedElsewhere | null {
    return findElsewhere(this.#others, profile);
  }

  /** Both for the screen; `licensed` where this account holds the license of the profile that is shown. */
  view(profile: ServerProfile | null, licensed: boolean): Pick<ConsoleState, 'licensedElsewhere' | 'markerWritten'> {
    return { licensedElsewhere: licensed ? null : this.elsewhere(profile), markerWritten: this.#written };
  }

  /** Tells the other accounts what this one holds now and, where that is nothing, finds out what they hold. */
  update(held: readonly MarkedServer[]): Promise<void> {
    // One at a time: the last word is the one that stays.
    const telling = this.#telling.then(() => this.#tell(held));
    this.#telling = telling;
    this.#queue = this.#queue.then(async () => {
      await telling;
      if (!this.#markers) return;
      // An account that holds a license does not need the others' markers.
      const { markers, isUnread } = held.length > 0 ? noOthers : await this.#markers.readOthers();
      this.#others = markers;
      if (isUnread !== this.#isUnread) this.#onUnread(isUnread);
      this.#isUnread = isUnread;
      this.#onChanged();
    });
    return this.#queue;
  }

  /** Resolves when the other accounts were told the last word, or could not be; what they say is not waited for. */
  told(): Promise<void> {
    return this.#telling;
  }

  async #tell(held: readonly MarkedServer[]): Promise<void> {
    if (!this.#markers) return;
    const told = JSON.stringify(held);
    if (told === this.#told) return;
    const kept = await this.#markers.keepOwn(held);
    this.#told = kept ? told : null;
    // A folder that is not there matters to nobody while there is nothing to tell.
    this.#written = held.length > 0 || this.#written !== null ? kept : null;
  }
}
