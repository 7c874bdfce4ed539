/** Which device each grant was given to. A license's Count counts devices that hold a living grant, not grants. */
import type { LicenseRecords, License } from '../records/license-records.ts';
import type { MemoryStorage } from './memory-storage.ts';

export class DeviceGrants {
  readonly #devices = new Map<string, string>();
  readonly #storage: MemoryStorage;

  constructor(storage: MemoryStorage) {
    this.#storage = storage;
  }

  clear(): void {
    this.#devices.clear();
  }

  bind(grantId: string, deviceId: string): void {
    this.#devices.set(grantId, deviceId);
  }

  /** The device of a grant, living or not. */
  deviceOf(grantId: string | undefined): string | undefined {
    return grantId === undefined ? undefined : this.#devices.get(grantId);
  }

  /** The living grants of a device: those not revoked. */
  grantsOf(deviceId: string): string[] {
    return [...this.#devices]
      .filter(([id, device]) => device === deviceId && this.#storage.has('Grant', id))
      .map(([id]) => id);
  }

  isAuthorized(deviceId: string): boolean {
    return this.grantsOf(deviceId).length > 0;
  }

  /** Ends every grant of a device: its refresh tokens are gone (RFC 7009 §2.1 speaks of cascading to the whole grant). */
  revoke(deviceId: string): number {
    const grants = this.grantsOf(deviceId);
    for (const grantId of grants) this.#storage.destroyGrant(grantId);
    return grants.length;
  }

  /** How many devices use up the license's Count. */
  usedCount(records: LicenseRecords, license: License): number {
    return records.devicesUnder(license.id).filter(({ id }) => this.isAuthorized(id)).length;
  }
}
