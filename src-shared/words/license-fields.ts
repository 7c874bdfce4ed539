/** A field of the license as it is read, printed and copied. */
export interface FieldWords {
  readonly field: LicenseField;
  readonly label: string;
  readonly value: string;
  /** The exact instant behind a date, or what else a tooltip should say. */
  readonly exact?: string;
  /** The token does not say: `value` then says so. */
  readonly absent: boolean;
}

/** The seven fields in the order of the seed. */
export const licenseFieldOrder = [
  'licenseStatus',
  'serverId',
  'renewalDate',
  'features',
  'hubName',
  'hubUrl',
  'tokenExpiry',
] as const;
export type LicenseField = (typeof licenseFieldOrder)[number];
