import type { LicenseMarkers, MarkedServer, OtherMarkers } from '../../src-main/license/license-marker.ts';

/** The folder that all accounts of a computer share, in memory. */
export class MemoryMarkers implements LicenseMarkers {
  readonly #folder: Map<string, readonly MarkedServer[]>;
  readonly #osUser: string;
  writable = true;
  isUnread = false;
  writes = 0;
  reads = 0;

  constructor(folder: Map<string, readonly MarkedServer[]>, osUser: string) {
    this.#folder = folder;
    this.#osUser = osUser;
  }

  async readOthers(): Promise<OtherMarkers> {
    this.reads += 1;
    const markers = [...this.#folder]
      .filter(([osUser]) => osUser !== this.#osUser)
      .map(([osUser, servers]) => ({ osUser, servers }));
    return { markers, isUnread: this.isUnread };
  }

  async keepOwn(servers: readonly MarkedServer[]): Promise<boolean> {
    this.writes += 1;
    if (!this.writable) return false;
    if (servers.length === 0) this.#folder.delete(this.#osUser);
    else this.#folder.set(this.#osUser, servers);
    return true;
  }
}
