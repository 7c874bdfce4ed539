import type { LicenseMarker, LicenseMarkers, MarkedServer } from '../../src-main/ports/license-marker.ts';

/** The shared folder of a computer's accounts, in memory. */
export class MemoryMarkers implements LicenseMarkers {
  readonly #folder: Map<string, readonly MarkedServer[]>;
  readonly #osUser: string;
  writable = true;
  writes = 0;
  reads = 0;

  constructor(folder: Map<string, readonly MarkedServer[]>, osUser: string) {
    this.#folder = folder;
    this.#osUser = osUser;
  }

  async readOthers(): Promise<readonly LicenseMarker[]> {
    this.reads += 1;
    return [...this.#folder]
      .filter(([osUser]) => osUser !== this.#osUser)
      .map(([osUser, servers]) => ({ osUser, servers }));
  }

  async keepOwn(servers: readonly MarkedServer[]): Promise<boolean> {
    this.writes += 1;
    if (!this.writable) return false;
    if (servers.length === 0) this.#folder.delete(this.#osUser);
    else this.#folder.set(this.#osUser, servers);
    return true;
  }
}
