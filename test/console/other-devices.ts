/** A device that is authorized in place of Store 014. */
export interface OtherDevice {
  readonly what: string;
  /** Its name at the Authorization server. */
  readonly device: string;
  /** The claims of its license token that the test changes. */
  readonly set: { readonly server_id?: string; readonly [claim: string]: unknown };
  /** The failure that the console shows. Null: the question whether to keep the license. */
  readonly code: 'wrong_device' | null;
  /** Can a terminal accept it by its name? Otherwise only by its Server ID. */
  readonly byName?: true;
}

const organization = { id: 'org-other', name: 'Other Coffee' };

/** Every kind of wrong device, with a license for Store 014 in use. */
export const otherDevices: readonly OtherDevice[] = [
  { what: 'a device with another name', device: 'Store 016', set: {}, code: null, byName: true },
  { what: 'a device of another organization', device: 'Store 014', set: { organization }, code: null },
  { what: 'a device of an unknown edition', device: 'Store 014', set: { edition: 'kiosk' }, code: null },
  { what: 'a device of an unknown type', device: 'Store 014', set: { device_type: 'kiosk' }, code: null },
  {
    what: 'a device with another Server ID',
    device: 'Store 014',
    set: { server_id: 'store-999' },
    code: null,
    byName: true,
  },
  { what: 'a device of another edition', device: 'Corporate 1', set: {}, code: 'wrong_device' },
  { what: 'a register', device: 'Register 014-1', set: {}, code: 'wrong_device' },
];
