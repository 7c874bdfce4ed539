/** The Authorization server's own records: organizations, licenses, devices and the people who may manage them. */
import { randomBytes } from 'node:crypto';

export interface Organization {
  readonly id: string;
  name: string;
}

export interface License {
  readonly id: string;
  readonly organizationId: string;
  name: string;
  /** How many devices may hold a grant under this license at the same time. */
  count: number;
  /** `YYYY-MM-DD`; without it the license never needs renewal. */
  expiresOn?: string | undefined;
  /** IANA zone in which that date ends. */
  timeZone?: string | undefined;
  /** The number of days before that date during which the license counts as requiring renewal. */
  warningDays?: number | undefined;
  /** The number of seconds before the token expires at which the warning starts, if the server sets one. */
  tokenWarningSeconds?: number | undefined;
  features: string[];
  isActive: boolean;
}

export const deviceKinds = ['cloud', 'corporate', 'store', 'register'] as const;
/** The edition of a POS server, or a register. */
export type DeviceKind = (typeof deviceKinds)[number];

export interface Device {
  /** Also the Server ID, by which other POS servers and registers connect to it. */
  readonly id: string;
  readonly organizationId: string;
  name: string;
  kind: DeviceKind;
  licenseId?: string | undefined;
  /** The address at which other devices reach this one. */
  url?: string | undefined;
  /** The device that this one connects to. */
  hubId?: string | undefined;
}

export interface User {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly organizationIds: Set<string>;
}

/** A null member is removed; an undefined member is not changed. */
export type RecordChange<T> = {
  readonly [K in Exclude<keyof T, 'id' | 'organizationId'>]?: (undefined extends T[K] ? T[K] | null : T[K]) | undefined;
};

export interface RecordsSnapshot {
  readonly organizations: readonly Organization[];
  readonly licenses: readonly License[];
  readonly devices: readonly Device[];
}

export class LicenseRecords {
  readonly #organizations = new Map<string, Organization>();
  readonly #licenses = new Map<string, License>();
  readonly #devices = new Map<string, Device>();
  readonly #users = new Map<string, User>();

  clear(): void {
    for (const records of [this.#organizations, this.#licenses, this.#devices, this.#users]) records.clear();
  }

  snapshot(): RecordsSnapshot {
    return structuredClone({
      organizations: [...this.#organizations.values()],
      licenses: [...this.#licenses.values()],
      devices: [...this.#devices.values()],
    });
  }

  user(username: string): User | undefined {
    return this.#users.get(username.trim().toLowerCase());
  }

  addUser(user: User): void {
    this.#users.set(user.username, user);
  }

  organization(id: string): Organization | undefined {
    return this.#organizations.get(id);
  }

  organizationsOf(user: User): Organization[] {
    return [...this.#organizations.values()].filter(({ id }) => user.organizationIds.has(id));
  }

  addOrganization(organization: { id?: string | undefined; name: string }): Organization {
    const added = { id: organization.id ?? newId('fc'), name: organization.name };
    this.#organizations.set(added.id, added);
    return added;
  }

  license(id: string | undefined): License | undefined {
    return id === undefined ? undefined : this.#licenses.get(id);
  }

  licensesOf(organizationId: string): License[] {
    return [...this.#licenses.values()].filter((license) => license.organizationId === organizationId);
  }

  addLicense(license: Omit<License, 'id'> & { id?: string | undefined }): License {
    const added = { ...license, id: license.id ?? newId('lic') };
    this.#licenses.set(added.id, added);
    return added;
  }

  updateLicense(id: string, change: RecordChange<License>): License {
    return changed(found(this.#licenses.get(id), `license ${id}`), change);
  }

  device(id: string | undefined): Device | undefined {
    return id === undefined ? undefined : this.#devices.get(id);
  }

  /** The device with this id or, if there is none, with this name. */
  namedDevice(idOrName: string): Device {
    const named = [...this.#devices.values()].find(({ name }) => name === idOrName);
    return found(this.#devices.get(idOrName) ?? named, `device ${idOrName}`);
  }

  devicesOf(organizationId: string): Device[] {
    return [...this.#devices.values()].filter((device) => device.organizationId === organizationId);
  }

  devicesUnder(licenseId: string): Device[] {
    return [...this.#devices.values()].filter((device) => device.licenseId === licenseId);
  }

  addDevice(device: Omit<Device, 'id'> & { id?: string | undefined }): Device {
    const added = { ...device, id: device.id ?? newId(slug(device.name)) };
    this.#devices.set(added.id, added);
    return added;
  }

  updateDevice(id: string, change: RecordChange<Device>): Device {
    return changed(found(this.#devices.get(id), `device ${id}`), change);
  }

  /** Devices that had it as their hub have no hub afterwards. */
  removeDevice(id: string): void {
    found(this.#devices.get(id), `device ${id}`);
    this.#devices.delete(id);
    for (const device of this.#devices.values()) if (device.hubId === id) device.hubId = undefined;
  }
}

class UnknownRecordError extends Error {
  constructor(what: string) {
    super(`There is no ${what}.`);
  }
}

function found<T>(record: T | undefined, what: string): T {
  if (record === undefined) throw new UnknownRecordError(what);
  return record;
}

function changed<T extends object>(record: T, change: object): T {
  for (const [name, value] of Object.entries(change)) {
    if (value !== undefined) Object.assign(record, { [name]: value === null ? undefined : (value as unknown) });
  }
  return record;
}

function newId(prefix: string): string {
  return `${prefix}-${randomBytes(4).toString('hex')}`;
}

function slug(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'device'
  );
}
