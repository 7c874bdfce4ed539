/** Records the device of each grant. A license's Count limits the devices that hold an active grant, not the grants. */
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

  /** The device of a grant, revoked or not. */
  deviceOf(grantId: string | undefined): string | undefined {
    return grantId === undefined ? undefined : this.#devices.get(grantId);
  }

  /** The active grants of a device: those not revoked. */
  grantsOf(deviceId: string): string[] {
    return [...this.#devices]
      .filter(([id, device]) => device === deviceId && this.#storage.has('Grant', id))
      .map(([id]) => id);
  }

  isAuthorized(deviceId: string): boolean {
    return this.grantsOf(deviceId).length > 0;
  }

  /** Ends every grant of a device, including all its refresh tokens (RFC 7009 §2.1 describes revoking the whole grant). */
  revoke(deviceId: string): number {
    const grants = this.grantsOf(deviceId);
    for (const grantId of grants) this.#storage.destroyGrant(grantId);
    return grants.length;
  }

  /** The number of devices that count towards the license's Count. */
  usedCount(records: LicenseRecords, license: License): number {
    return records.devicesUnder(license.id).filter(({ id }) => this.isAuthorized(id)).length;
  }
}
