/** A field of the license as it is shown, printed and copied. */
export interface FieldWords {
  readonly field: LicenseField;
  readonly label: string;
  readonly value: string;
  /** The exact instant behind a date, or another text for a tooltip. */
  readonly exact?: string;
  /** The token does not contain this field; `value` then says so. */
  readonly absent: boolean;
}

/** The fields, in the order of the vendor's page. */
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
